/**
 * The same JSON value as the database can hold it: without NUL, and with U+FFFD for half of a surrogate pair. Models and files
 * bring both; the value itself is given back when it has neither.
 */
export function storable<Value>(value: Value): Value {
  return /\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value) ?? '') ? (cleaned(value) as Value) : value;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\uFFFD').replaceAll('\0', '');
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [cleaned(key), cleaned(entry)]));
}
