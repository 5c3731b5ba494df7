import { computed } from 'vue';
import type { Interval } from '../graphql/schema';
import { formatDay, formatWholeDay } from './calendar';
import { t } from './index';
import { locale } from './locale';

const month = computed(() => new Intl.DateTimeFormat(locale.value, { month: 'short', year: '2-digit' }));
const wholeMonth = computed(() => new Intl.DateTimeFormat(locale.value, { month: 'long', year: 'numeric' }));

/** Whose days the server is to count. */
export const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Into what so many days are best cut. */
export const intervalFor = (days: number): Interval => (days <= 92 ? 'day' : days <= 730 ? 'week' : 'month');

/** What a stretch of time is called: short below a chart, long where it is looked at. */
export function nameTime(start: string, interval: Interval): { short: string; long: string } {
  const at = new Date(start);
  switch (interval) {
    case 'day': return { short: formatDay(at), long: formatWholeDay(at) };
    case 'week': return { short: formatDay(at), long: t.chart.week(formatWholeDay(at)) };
    case 'month': return { short: month.value.format(at), long: wholeMonth.value.format(at) };
  }
}
