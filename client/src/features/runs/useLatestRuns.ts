import { useQuery } from '@vue/apollo-composable';
import { computed } from 'vue';
import { faultOf } from '../../graphql/fault';
import { usePolling } from '../../graphql/usePolling';
import { LatestRunsDocument, type RunRow, type WaitingRun } from './runs.operations';
import { hasEnded } from './runTimeline';

const mostEnded = 8;

/** What waits for the viewer, what runs now and what has ended lately, kept up to date while the page is looked at. */
export function useLatestRuns() {
  const { result, error, refetch } = useQuery(LatestRunsDocument, {}, { fetchPolicy: 'cache-and-network' });
  const running = computed(() => result.value?.running.data ?? []);
  const waiting = computed(() => running.value.filter(waitsForViewer));
  const active = computed(() => [...(result.value?.pending.data ?? []), ...running.value.filter((run) => !waitsForViewer(run))].toSorted(newestFirst));
  const ended = computed(() => (result.value?.latest.data ?? []).filter(({ status }) => hasEnded(status)).slice(0, mostEnded));
  usePolling(refetch, () => (active.value.length + waiting.value.length > 0 ? 3_000 : 15_000));

  return {
    waiting, active, ended, refetch,
    isLoading: computed(() => !result.value && !error.value),
    fault: computed(() => (error.value && !result.value ? faultOf(error.value) : null)),
  };
}

const waitsForViewer = ({ waitingFor, waitingStep, persona }: WaitingRun) => !!waitingFor && !!waitingStep && persona.viewerRole !== 'viewer';
const newestFirst = (a: RunRow, b: RunRow) => b.createdAt.localeCompare(a.createdAt);
