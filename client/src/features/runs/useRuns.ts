import { useQuery } from '@vue/apollo-composable';
import { computed } from 'vue';
import { useRoute, useRouter, type LocationQuery } from 'vue-router';
import { faultOf } from '../../graphql/fault';
import type { RunStatus } from '../../graphql/schema';
import { usePolling } from '../../graphql/usePolling';
import { RunsDocument } from './runs.operations';
import { hasEnded } from './runTimeline';

export const statuses: RunStatus[] = ['pending', 'running', 'completed', 'failed', 'cancelled'];
const limit = 20;

/** The filters as the address bar has them. */
function filtersOf(query: LocationQuery) {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '');
  const status = statuses.find((known) => known === query.status) ?? ('' as const);
  return { status, personaId: text('persona'), agentId: text('agent'), page: Math.max(1, Math.trunc(Number(query.page)) || 1) };
}

/** The list of runs that the address bar asks for. */
export function useRuns() {
  const route = useRoute();
  const router = useRouter();
  const filters = computed(() => filtersOf(route.query));

  const { result, error, refetch } = useQuery(
    RunsDocument,
    () => {
      const { status, personaId, agentId, page } = filters.value;
      return { page, limit, status: status === '' ? null : status, personaId: personaId || null, agentId: agentId || null };
    },
    { fetchPolicy: 'cache-and-network', keepPreviousResult: true },
  );
  const rows = computed(() => result.value?.runs.data ?? []);
  usePolling(refetch, () => (rows.value.some(({ status }) => !hasEnded(status)) ? 3_000 : 15_000));

  /** Changes the address, from which everything follows; what is empty is left out of it. */
  function show(change: { status?: string; persona?: string; agent?: string; page?: number }) {
    const query = { ...route.query, page: undefined, ...change };
    const kept = Object.entries(query).filter(([name, value]) => value && !(name === 'page' && value === 1));
    return router.push({ query: Object.fromEntries(kept) as LocationQuery });
  }

  return {
    filters, rows, show, refetch,
    pagination: computed(() => result.value?.runs.pagination),
    isFiltered: computed(() => !!(filters.value.status || filters.value.personaId || filters.value.agentId)),
    fault: computed(() => (error.value && !result.value ? faultOf(error.value) : null)),
    isLoading: computed(() => !result.value && !error.value),
  };
}
