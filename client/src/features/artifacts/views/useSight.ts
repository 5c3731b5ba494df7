import { onMounted, onScopeDispose, ref, type Ref } from 'vue';

/** In a box that scrolls, only the second counts; browsers that do not know it draw a little late. */
const margins: IntersectionObserverInit & { scrollMargin: string } = { rootMargin: '800px', scrollMargin: '800px' };

/** Whether an element is in sight, or will be after a little scrolling. */
export function useSight(element: Ref<HTMLElement | undefined>): Readonly<Ref<boolean>> {
  const isInSight = ref(false);
  const observer = new IntersectionObserver(([entry]) => (isInSight.value = entry!.isIntersecting), margins);
  onMounted(() => element.value && observer.observe(element.value));
  onScopeDispose(() => observer.disconnect());
  return isInSight;
}
