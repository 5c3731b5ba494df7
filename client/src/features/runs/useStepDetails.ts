import { useQuery } from '@vue/apollo-composable';
import { computed, watch } from 'vue';
import { faultOf } from '../../graphql/fault';
import { RunStepDocument, type StepFields } from './runs.operations';

/** All that went into a step and came out of it, which can be as long as the whole run before it, so it is read when it is asked for. */
export function useStepDetails(runId: () => string, step: () => StepFields) {
  const { result, error, refetch } = useQuery(RunStepDocument, () => ({ runId: runId(), stepNumber: step().stepNumber }), { fetchPolicy: 'cache-and-network' });
  watch(() => step().status, () => refetch());
  return {
    details: computed(() => result.value?.runStep),
    fault: computed(() => (error.value && !result.value ? faultOf(error.value) : null)),
  };
}
