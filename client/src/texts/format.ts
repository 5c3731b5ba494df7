import { computed, onScopeDispose, ref, type Ref } from 'vue';
import { dayOf, daysBefore, formatWholeDay } from './calendar';
import { t } from './index';
import { locale } from './locale';

export { formatNumber } from './locale';

/** The time, known to the half minute, for texts like "5 minutes ago". */
const now = ref(Date.now());
setInterval(() => (now.value = Date.now()), 30_000);

const dateTime = computed(() => new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeStyle: 'short' }));
const timeOnly = computed(() => new Intl.DateTimeFormat(locale.value, { timeStyle: 'short' }));
const relative = computed(() => new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' }));
const oneDigit = computed(() => new Intl.NumberFormat(locale.value, { maximumFractionDigits: 1 }));
const share = computed(() => new Intl.NumberFormat(locale.value, { style: 'percent' }));
const units: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86_400], ['hour', 3_600], ['minute', 60]];

/** Date and time in the reader's way. */
export const formatDateTime = (iso: string) => dateTime.value.format(new Date(iso));

/** The time of day in the reader's way. */
export const formatTime = (iso: string) => timeOnly.value.format(new Date(iso));

/** The day of a moment: "Today", "Yesterday", "Fri, 2 Jan 2026". */
export function formatRecentDay(iso: string): string {
  const at = new Date(iso);
  const ago = [0, 1].find((days) => dayOf(at) === dayOf(daysBefore(new Date(now.value), days)));
  const text = ago === undefined ? formatWholeDay(at) : relative.value.format(-ago, 'day');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A share of a whole, given from 0 to 1: "82%". */
export const formatShare = (value: number) => share.value.format(value);

/** "5 minutes ago", in step with the clock; after a week the date. */
export function formatAgo(iso: string): string {
  const seconds = (now.value - Date.parse(iso)) / 1000;
  if (seconds > 7 * 86_400) return dateTime.value.format(new Date(iso));
  const unit = units.find(([, length]) => seconds >= length);
  return unit ? relative.value.format(-Math.floor(seconds / unit[1]), unit[0]) : t.time.justNow;
}

/** A length of time given in milliseconds: "340 ms", "2.4 s", "3 min 5 s". */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${oneDigit.value.format(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  const rest = seconds % 60;
  return rest === 0 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 60)} min ${rest} s`;
}

const dollars = computed(() => new Intl.NumberFormat(locale.value, { style: 'currency', currency: 'USD' }));
const smallDollars = computed(() => new Intl.NumberFormat(locale.value, { style: 'currency', currency: 'USD', maximumSignificantDigits: 2 }));

/** An amount given in US dollars; what is less than a cent to two digits that count. */
export const formatCost = (amount: number) => (amount > 0 && amount < 0.01 ? smallDollars : dollars).value.format(amount);

const sizes = ['B', 'kB', 'MB', 'GB'];

/** A size given in bytes: "312 kB". */
export function formatSize(bytes: number): string {
  const power = Math.min(sizes.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${oneDigit.value.format(bytes / 1000 ** power)} ${sizes[power]}`;
}

/** `generate_powerpoint`, `filePath` → "Generate PowerPoint", "File path". */
export function humanise(name: string): string {
  const words = name.replace(/[_-]+/g, ' ').replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase().trim()
    .replace(/\S+/g, (word) => t.spelling[word] ?? word);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The present instant in milliseconds, which changes once a second while a component shows it. */
export function useNow(): Readonly<Ref<number>> {
  const instant = ref(Date.now());
  const timer = setInterval(() => (instant.value = Date.now()), 1000);
  onScopeDispose(() => clearInterval(timer));
  return instant;
}
