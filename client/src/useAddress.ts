import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** What a page shows, as the address bar says it: everything follows from there, so it can be shared and gone back to. */
export function useAddress() {
  const route = useRoute();
  const router = useRouter();

  /** What stands under a name; empty when nothing does. */
  const text = (name: string): string => {
    const value = route.query[name];
    return typeof value === 'string' ? value : '';
  };

  /** Changes the address and goes to the first page; what is empty is left out of it. */
  function show(change: Record<string, string | number>, { isReplaced = false } = {}) {
    const query = { ...route.query, page: undefined, ...change };
    const kept = Object.entries(query).filter(([name, value]) => value && !(name === 'page' && value === 1));
    const address = { query: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])) };
    return isReplaced ? router.replace(address) : router.push(address);
  }

  return { text, show, page: computed(() => Math.max(1, Math.trunc(Number(text('page'))) || 1)) };
}
