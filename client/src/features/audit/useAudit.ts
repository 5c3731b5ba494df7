import { useQuery } from '@vue/apollo-composable';
import { computed } from 'vue';
import { faultOf } from '../../graphql/fault';
import { dayOf } from '../../texts/calendar';
import { useAddress } from '../../useAddress';
import { AuditLogsDocument } from './audit.operations';
import { auditQuery, filterNames, type AuditFilter } from './auditQuery';

const limit = 50;

/** The audit log as the address bar asks for it. */
export function useAudit() {
  const { text, show, page } = useAddress();
  const filters = computed(() => Object.fromEntries(filterNames.map((name) => [name, text(name)])) as Record<AuditFilter, string>);

  const given = computed(() => auditQuery(text));
  const { result, error, refetch, loading } = useQuery(
    AuditLogsDocument,
    () => ({ ...given.value, page: page.value, limit }),
    { fetchPolicy: 'cache-and-network', keepPreviousResult: true },
  );

  return {
    filters, given, show, refetch, loading,
    rows: computed(() => result.value?.auditLogs.data ?? []),
    pagination: computed(() => result.value?.auditLogs.pagination),
    count: computed(() => filterNames.filter((name) => filters.value[name]).length),
    clear: () => show(Object.fromEntries(filterNames.map((name) => [name, '']))),
    fault: computed(() => (error.value ? faultOf(error.value) : null)),
    today: dayOf(new Date()),
  };
}
