import { validationError } from './errors.js';
import { plainFields, readRows, type Reading, type Selection } from './reading.js';
import { fieldLabel } from './validation.js';

/**
 * Counts over time: a window is cut into days, weeks or months of a time zone, and what lies in each is counted. The statement
 * counts beside a table of the pieces, so that a piece in which nothing happened is there too, with zeros.
 */
export type Interval = 'day' | 'week' | 'month';

/** How a window is cut. */
export interface Cut {
  interval: Interval;
  /** A name of the IANA database, such as `Europe/Berlin`. */
  timeZone: string;
}

export interface Window extends Cut {
  /** The first moment that counts; 30 intervals back when left out. */
  from?: Date | null;
  /** The last millisecond that counts; now when left out. */
  to?: Date | null;
}

/** How many intervals there are when the window's beginning is left out. */
const usualLength = 30;
/** The shortest that each can be, in days. */
const shortest: Record<Interval, number> = { day: 1, week: 7, month: 28 };

/** The window as `since` and `until`, and its pieces by their beginning: `local` on the clock of the time zone, `start` the moment. */
const tables = `
  span as materialized (
    select :to::timestamptz + interval '1 millisecond' as until, coalesce(:from::timestamptz,
      (date_trunc(:interval, :to::timestamptz at time zone :timeZone) - ${usualLength - 1} * ('1 ' || :interval)::interval) at time zone :timeZone) as since
  ),
  buckets as materialized (
    select local, local at time zone :timeZone as start
    from span, generate_series(date_trunc(:interval, since at time zone :timeZone), :to::timestamptz at time zone :timeZone, ('1 ' || :interval)::interval) local
  )`;

/** The piece that a moment lies in, as `buckets.local` has it. */
export const pieceOf = (moment: string) => `date_trunc(:interval, ${moment} at time zone :timeZone)`;

/** The condition for a moment that lies in the window, in a way that an index serves. */
export const inWindow = (moment: string) => `${moment} >= (select since from span) and ${moment} < (select until from span)`;

/** A reading over `buckets` and `span`. @param more further tables, each behind a comma @param columns what `query` gives, by name */
export function seriesReading(name: string, columns: readonly string[], query: string, more = ''): Reading & { columns: Selection } {
  const shape = { always: [], fields: Object.fromEntries(columns.map((column) => [column, `x."${column}"`])) };
  return { name, shape, columns: plainFields(shape), from: `(with ${tables}${more} ${query}) x`, tail: '' };
}

/**
 * A window with its end, once it is one that can be counted. Throws VALIDATION_ERROR.
 * @param most how many pieces it may have
 * @param names the fields with its beginning and its end
 */
export function requireCut<Given extends Window>(window: Given, most: number, names = { from: 'from', to: 'to' }): Given & { to: Date } {
  const { from, to, interval, timeZone } = window;
  const end = to ?? new Date();
  if (!isTimeZone(timeZone)) throw validationError({ timeZone: unknownZone });
  if (from && from > end) {
    throw validationError({ [names.to]: `${fieldLabel(names.to)} must not be before ${fieldLabel(names.from).toLowerCase()}` });
  }
  const pieces = from ? Math.ceil((end.getTime() - from.getTime()) / (shortest[interval] * 86_400_000)) : usualLength;
  if (pieces > most) throw validationError({ interval: `Interval ${interval} cuts this window into ${pieces} pieces, and may cut it into ${most}` });
  return { ...window, to: end };
}

/** Runs a reading of a window that `requireCut` has let through. Throws VALIDATION_ERROR for a time zone that the database does not know. */
export async function readSeries<Row>(reading: ReturnType<typeof seriesReading>, { from = null, ...parameters }: Window & Record<string, unknown>): Promise<Row[]> {
  try {
    return await readRows<Row>(reading, reading.columns, { from, ...parameters });
  } catch (error) {
    if ((error as { code?: string }).code === '22023') throw validationError({ timeZone: unknownZone });
    throw error;
  }
}

const unknownZone = 'Time zone must be a name such as UTC or Europe/Berlin';

/** Offsets such as `+02:00` are none: the database reads their sign the other way round. */
function isTimeZone(name: string): boolean {
  if (!/^[a-z]/i.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
