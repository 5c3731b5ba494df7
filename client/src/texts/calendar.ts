const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const wholeDay = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const money = new Intl.NumberFormat(undefined, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' });
const pennies = new Intl.NumberFormat(undefined, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', maximumSignificantDigits: 2 });

/** A moment to the second. */
export const formatMoment = (iso: string) => moment.format(new Date(iso));

/** "26 Nov" of a moment. */
export const formatDay = (at: Date) => day.format(at);

/** "Thu, 26 Nov 2026" of a moment. */
export const formatWholeDay = (at: Date) => wholeDay.format(at);

/** "1.2M" */
export const formatCompact = (value: number) => compact.format(value);

/** An amount of US dollars; of less than a tenth of one as much as tells it from nothing. */
export const formatMoney = (value: number) => (value > 0 && value < 0.1 ? pennies : money).format(value);

const pad = (value: number) => String(value).padStart(2, '0');

/** The reader's day of a moment, as date fields have it: "2026-11-26". */
export const dayOf = (at: Date) => `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;

/** The moment at which a day begins where the reader is; null for what is no day. */
export function startOfDay(text: string): Date | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00`) : null;
  return at && !Number.isNaN(at.getTime()) ? at : null;
}

/** The last millisecond of a day where the reader is. Days are 23 to 25 hours long. */
export function endOfDay(text: string): Date | null {
  const at = startOfDay(text);
  return at && new Date(new Date(at).setDate(at.getDate() + 1) - 1);
}

/** The day that lies so many days before another. */
export const daysBefore = (at: Date, days: number): Date => new Date(at.getFullYear(), at.getMonth(), at.getDate() - days);
