import { useRoute, useRouter } from 'vue-router';

/** Goes where the viewer was going before they had to sign in; only within this site. */
export function useGoOn() {
  const route = useRoute();
  const router = useRouter();
  return () => {
    const { next } = route.query;
    return router.push(typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/');
  };
}
