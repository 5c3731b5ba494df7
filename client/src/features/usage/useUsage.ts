import { useQuery } from '@vue/apollo-composable';
import { computed } from 'vue';
import { faultOf } from '../../graphql/fault';
import { t } from '../../texts';
import { intervalFor, nameTime } from '../../texts/intervals';
import { useAddress } from '../../useAddress';
import { UsageDocument } from './usage.operations';
import { periodOf, usageQuery } from './usageQuery';
import { seriesOf } from './usageSeries';

export const groupings = ['persona', 'provider'] as const;

/** What has been used in the period that the address bar asks for, told apart as it says. */
export function useUsage() {
  const { text, show } = useAddress();
  const days = computed(() => periodOf(text('days')));
  const grouping = computed(() => groupings.find((known) => known === text('by')) ?? 'persona');
  const { result, error, refetch } = useQuery(UsageDocument, () => usageQuery(text), { fetchPolicy: 'cache-and-network', keepPreviousResult: true });
  const usage = computed(() => result.value?.usage);

  /** Providers have attempts where personas have runs. */
  const groups = computed(() => {
    if (!usage.value) return [];
    const { byPersona, byProvider } = usage.value;
    return grouping.value === 'persona'
      ? byPersona.map(({ personaId, personaName, points }) =>
          ({ key: personaId, name: personaName, figures: points.map(({ figures: { runs, ...figures } }) => ({ count: runs, ...figures })) }))
      : byProvider.map(({ provider, points }) =>
          ({ key: provider, name: provider, figures: points.map(({ figures: { attempts, ...figures } }) => ({ count: attempts, ...figures })) }));
  });
  const series = (figure: 'count' | 'totalTokens' | 'cost') => computed(() =>
    seriesOf(groups.value.map(({ key, name, figures }) => ({ key, name, values: figures.map((one) => one[figure] ?? 0) })), t.usage.others));

  return {
    days, grouping, show, refetch,
    persona: computed(() => text('persona')),
    total: computed(() => usage.value?.total),
    counts: series('count'), tokens: series('totalTokens'), costs: series('cost'),
    times: computed(() => usage.value?.points.map(({ start }) => nameTime(start, intervalFor(days.value))) ?? []),
    fault: computed(() => (error.value ? faultOf(error.value) : null)),
  };
}
