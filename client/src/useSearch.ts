import { ref, watch } from 'vue';
import type { useAddress } from './useAddress';
import { useDebounced } from './useDebounced';

/** The text of a search field that follows the address bar, and that the address bar follows when typing rests. */
export function useSearch({ text, show }: Pick<ReturnType<typeof useAddress>, 'text' | 'show'>, name = 'search') {
  const search = ref(text(name));
  watch(useDebounced(search), (typed) => typed !== text(name) && show({ [name]: typed }, { isReplaced: true }));
  watch(() => text(name), (searched) => {
    if (searched !== search.value.trim()) search.value = searched;
  });
  return search;
}
