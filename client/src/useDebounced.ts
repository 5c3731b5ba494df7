import { onScopeDispose, ref, watch, type Ref } from 'vue';

/** How long typing rests before it is searched for, in milliseconds. */
const rest = 250;

/** What was typed, trimmed, as soon as typing rests. */
export function useDebounced(typed: Ref<string>): Ref<string> {
  const rested = ref(typed.value.trim());
  let timer: ReturnType<typeof setTimeout>;
  watch(typed, (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => (rested.value = text.trim()), rest);
  });
  onScopeDispose(() => clearTimeout(timer));
  return rested;
}
