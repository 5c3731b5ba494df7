import pg from 'pg';

/** Object identifiers of column types, from PostgreSQL's catalog pg_type. */
const oid = { int8: 20, date: 1082, int8Array: 1016, numeric: 1700, dateArray: 1182 };

/**
 * How columns arrive, the same from both kinds of database: timestamptz as Date, jsonb as the value, uuid as string,
 * arrays as arrays, and unlike the driver's habit
 * - int8 (every `count(*)`) and numeric as number: counts and money here stay far below 2^53, where a number is exact;
 * - date as 'YYYY-MM-DD': a day has no time zone, and a Date would give it one.
 */
export const columnTypes = new pg.TypeOverrides();

columnTypes.setTypeParser(oid.int8, Number);
columnTypes.setTypeParser(oid.numeric, Number);
columnTypes.setTypeParser(oid.date, (day) => day);
columnTypes.setTypeParser(oid.int8Array, (text) => elements(text).map((each) => (each === null ? null : Number(each))));
columnTypes.setTypeParser(oid.dateArray, elements);

function elements(text: string): (string | null)[] {
  const textArray: number = 1009;
  return pg.types.getTypeParser(textArray, 'text')(text) as (string | null)[];
}
