import { useMutation } from '@vue/apollo-composable';
import { ref, shallowRef } from 'vue';
import { useRouter } from 'vue-router';
import { faultOf, type Fault } from '../../graphql/fault';
import { CreateRunDocument } from './runs.operations';

/** Starts a run and goes to its page. */
export function useStartRun() {
  const router = useRouter();
  const { mutate } = useMutation(CreateRunDocument);
  const isBusy = ref(false);
  const fault = shallowRef<Fault | null>(null);

  async function start(agentId: string, input: string) {
    if (isBusy.value) return;
    isBusy.value = true;
    fault.value = null;
    try {
      const answer = await mutate({ input: { agentId, input } });
      await router.push({ name: 'run', params: { id: answer!.data!.createRun.id } });
    } catch (thrown) {
      fault.value = faultOf(thrown);
    } finally {
      isBusy.value = false;
    }
  }

  return { isBusy, fault, start };
}
