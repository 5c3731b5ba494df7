import { useQuery } from '@vue/apollo-composable';
import { computed } from 'vue';
import { faultOf } from '../../graphql/fault';
import { usePolling } from '../../graphql/usePolling';
import { LatestRunsDocument, type RunRow } from './runs.operations';
import { hasEnded } from './runTimeline';

const mostEnded = 8;

/** What runs now and what has ended lately, kept up to date while the page is looked at. */
export function useLatestRuns() {
  const { result, error, refetch } = useQuery(LatestRunsDocument, {}, { fetchPolicy: 'cache-and-network' });
  const active = computed(() => (result.value ? [...result.value.pending.data, ...result.value.running.data].toSorted(newestFirst) : []));
  const ended = computed(() => (result.value?.latest.data ?? []).filter(({ status }) => hasEnded(status)).slice(0, mostEnded));
  usePolling(refetch, () => (active.value.length > 0 ? 3_000 : 15_000));

  return {
    active, ended, refetch,
    isLoading: computed(() => !result.value && !error.value),
    fault: computed(() => (error.value && !result.value ? faultOf(error.value) : null)),
  };
}

const newestFirst = (a: RunRow, b: RunRow) => b.createdAt.localeCompare(a.createdAt);
