import { useApolloClient } from '@vue/apollo-composable';
import { computed, ref, shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { faultOf, type Fault } from '../../graphql/fault';
import type { AuditCategory } from '../../graphql/schema';
import { usePolling } from '../../graphql/usePolling';
import { ActivityDocument, type ActivityData } from './activity.operations';

export type ActivityEvent = ActivityData['auditLogs']['data'][number];

export const categories: AuditCategory[] = ['action', 'access', 'error', 'system'];

/** What happened to a persona, of the kind that the address bar asks for. */
export function useActivity(personaId: () => string) {
  const route = useRoute();
  const router = useRouter();
  const category = computed(() => categories.find((known) => known === route.query.kind) ?? null);
  return {
    category,
    narrow: (kind: string) => router.replace({ query: kind ? { kind } : {} }),
    ...useEvents(() => ({ personaId: personaId(), category: category.value })),
  };
}

/** Events, newest first, a page more each time it is asked for; new ones come in by themselves. */
function useEvents(filters: () => { personaId: string; category: AuditCategory | null }) {
  const { client } = useApolloClient();
  const events = shallowRef<ActivityEvent[]>([]);
  const total = ref(0);
  const pages = ref(0);
  const isBusy = ref(false);
  const fault = shallowRef<Fault | null>(null);

  /** Events come at the head and push the others into the next page, so they are put in by their id. */
  async function load(page: number): Promise<void> {
    const asked = filters();
    const { data } = await client.query({ query: ActivityDocument, variables: { ...asked, page }, fetchPolicy: 'no-cache' });
    // A late answer about something else is thrown away.
    if (JSON.stringify(asked) !== JSON.stringify(filters())) return;
    const byId = new Map([...events.value, ...data.auditLogs.data].map((event) => [event.id, event]));
    events.value = [...byId.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    total.value = data.auditLogs.pagination.total;
    pages.value = Math.max(pages.value, page);
  }

  async function more(): Promise<void> {
    isBusy.value = true;
    fault.value = null;
    await load(pages.value + 1).catch((thrown: unknown) => (fault.value = faultOf(thrown)));
    isBusy.value = false;
  }

  watch(() => JSON.stringify(filters()), () => {
    events.value = [];
    pages.value = 0;
    void more();
  }, { immediate: true });
  usePolling(() => (pages.value > 0 ? load(1) : undefined), () => 10_000);

  return {
    events, total, isBusy, fault, more,
    isLoading: computed(() => pages.value === 0 && !fault.value),
    hasMore: computed(() => events.value.length < total.value),
  };
}
