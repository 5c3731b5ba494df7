import { onMounted, onScopeDispose, ref, type Ref } from 'vue';

/** Whether an element is in sight, or will be after a little scrolling. */
export function useSight(element: Ref<HTMLElement | undefined>): Readonly<Ref<boolean>> {
  const isInSight = ref(false);
  const observer = new IntersectionObserver(([entry]) => (isInSight.value = entry!.isIntersecting), { rootMargin: '800px' });
  onMounted(() => element.value && observer.observe(element.value));
  onScopeDispose(() => observer.disconnect());
  return isInSight;
}
