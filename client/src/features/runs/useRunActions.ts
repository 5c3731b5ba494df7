import { useMutation } from '@vue/apollo-composable';
import { ref } from 'vue';
import { useRouter } from 'vue-router';
import { tell, tellFault } from '../../components/toasts';
import { faultOf } from '../../graphql/fault';
import type { StepDecision } from '../../graphql/schema';
import { t } from '../../texts';
import { CancelRunDocument, DecideStepDocument, RetryRunDocument } from './runs.operations';

type Action = 'cancel' | 'again' | StepDecision;

/** What a viewer can do with a run, one thing at a time; faults are told at the edge of the screen. */
export function useRunActions(run: () => { id: string }) {
  const router = useRouter();
  const busy = ref<Action | null>(null);
  const { mutate: cancelRun } = useMutation(CancelRunDocument);
  const { mutate: retryRun } = useMutation(RetryRunDocument);
  const { mutate: decideStep } = useMutation(DecideStepDocument);

  async function act(action: Action, work: () => Promise<unknown>) {
    busy.value = action;
    try {
      await work();
    } catch (thrown) {
      tellFault(faultOf(thrown));
    } finally {
      busy.value = null;
    }
  }

  const cancel = () => act('cancel', async () => {
    await cancelRun({ id: run().id });
    tell(t.runs.cancelled);
  });
  const again = () => act('again', async () => {
    const answer = await retryRun({ id: run().id });
    await router.push({ name: 'run', params: { id: answer!.data!.retryRun.id } });
    tell(t.runs.startedAgain);
  });
  const decide = (decision: StepDecision) => act(decision, () => decideStep({ runId: run().id, decision }));

  return { busy, cancel, again, decide };
}
