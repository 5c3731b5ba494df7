import { onMounted, onScopeDispose, ref, type Ref } from 'vue';

/** How wide an element is within its padding, in CSS pixels. */
export function useWidth(element: Ref<HTMLElement | undefined>): Readonly<Ref<number>> {
  const width = ref(0);
  const observer = new ResizeObserver(([entry]) => (width.value = entry!.contentRect.width));
  onMounted(() => element.value && observer.observe(element.value));
  onScopeDispose(() => observer.disconnect());
  return width;
}
