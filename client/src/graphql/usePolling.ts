import { onScopeDispose, watch } from 'vue';

/** Does `work` again and again while the page is looked at, and at once when it is looked at again; `pace` gives the milliseconds between. */
export function usePolling(work: () => Promise<unknown> | undefined, pace: () => number): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isGone = false;

  function wait() {
    clearTimeout(timer);
    if (!isGone) timer = setTimeout(turn, pace());
  }
  async function turn() {
    // A failure shows where the result is shown; the next turn may heal it.
    if (document.visibilityState === 'visible') await work()?.catch(() => undefined);
    wait();
  }

  // The first wait, and a new one as soon as there is reason to look more often.
  watch(pace, wait, { immediate: true });
  document.addEventListener('visibilitychange', turn);
  onScopeDispose(() => {
    isGone = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', turn);
  });
}
