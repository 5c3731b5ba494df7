import { computed } from 'vue';
import { locale } from './locale';

const moment = computed(() => new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeStyle: 'medium' }));
const day = computed(() => new Intl.DateTimeFormat(locale.value, { day: 'numeric', month: 'short' }));
const wholeDay = computed(() => new Intl.DateTimeFormat(locale.value, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }));

/** A moment to the second. */
export const formatMoment = (iso: string) => moment.value.format(new Date(iso));

/** "26 Nov" of a moment. */
export const formatDay = (at: Date) => day.value.format(at);

/** "Thu, 26 Nov 2026" of a moment. */
export const formatWholeDay = (at: Date) => wholeDay.value.format(at);

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
