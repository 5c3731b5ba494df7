import { daysBefore } from '../../texts/calendar';
import { intervalFor, timeZone } from '../../texts/intervals';

/** Periods in days; each ends today. */
export const periods = [7, 30, 90, 365];
export const usualPeriod = 30;

export const periodOf = (text: string): number => periods.find((known) => String(known) === text) ?? usualPeriod;

/** The filters of the address as the server takes them, over REST and GraphQL alike. */
export function usageQuery(text: (name: 'days' | 'persona') => string) {
  const days = periodOf(text('days'));
  return {
    ...(text('persona') && { personaId: text('persona') }),
    from: daysBefore(new Date(), days - 1).toISOString(), interval: intervalFor(days), timeZone: timeZone(),
  };
}
