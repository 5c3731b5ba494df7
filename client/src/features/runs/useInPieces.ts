import { onScopeDispose, ref, watch, type Ref } from 'vue';

/** How many come at once: few enough that a slow phone stays responsive. */
const piece = 10;

/** How many of a list to show: all in the end, piece by piece, so that a long list never holds up what else the page does. */
export function useInPieces(total: () => number): Readonly<Ref<number>> {
  const shown = ref(0);
  let timer = 0;
  function more() {
    shown.value = Math.min(total(), shown.value + piece);
    if (shown.value < total()) timer = window.setTimeout(more);
  }
  watch(total, (count) => {
    clearTimeout(timer);
    if (count <= shown.value) shown.value = count;
    // What is added to a list that is there comes at once.
    else if (shown.value > 0 && count - shown.value <= piece) more();
    else timer = window.setTimeout(more);
  }, { immediate: true });
  onScopeDispose(() => clearTimeout(timer));
  return shown;
}
