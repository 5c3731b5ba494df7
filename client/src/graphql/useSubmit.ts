import { ref, shallowRef } from 'vue';
import { faultOf, type Fault } from './fault';

/** What a form needs to send itself: whether it is under way, and what was wrong with it. */
export function useSubmit(send: () => Promise<unknown>) {
  const fault = shallowRef<Fault | null>(null);
  const isBusy = ref(false);

  async function submit() {
    isBusy.value = true;
    fault.value = null;
    try {
      await send();
    } catch (thrown) {
      fault.value = faultOf(thrown);
    } finally {
      isBusy.value = false;
    }
  }

  return { fault, isBusy, submit };
}
