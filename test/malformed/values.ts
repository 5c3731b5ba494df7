import fc, { type Arbitrary } from 'fast-check';
import type { JsonSchema } from '../../rest-adapter/openapi/jsonSchema.js';

/** Text of any UTF-16 units, halves of surrogate pairs among them. */
const anyUnits = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((units) => String.fromCharCode(...units));

/** Text that somebody has stumbled over before. */
const knownTrouble = fc.constantFrom(
  '', ' ', '\0', 'a\0b', '\ud800', 'x\udfff', '\u202e', '\ufeff', '💥'.repeat(50), 'e\u0301\u0302\u0303', "' or 1=1 --", '"; drop table users; --', '%', '_', '\\',
  '../../etc/passwd', '${7*7}', '{{7*7}}', '<script>alert(1)</script>', 'constructor', '__proto__', 'null', 'undefined', 'NaN', '-0', '1e999', '0x10', '1,5',
  '2025-02-30', '9999-12-31T23:59:59Z', '+275760-09-13', '2025-01-28T10:00:00+25:00', 'x'.repeat(300), 'x'.repeat(100_001),
);

export const anyText: Arbitrary<string> = fc.oneof(knownTrouble, anyUnits, fc.string({ unit: 'binary' }), fc.string());

const anyNumber = fc.oneof(fc.constantFrom(0, -0, -1, 1.5, 101, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e308, 5e-324), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());

/** Lists and objects within each other, deeper than recursion stands. */
const deep = fc.tuple(fc.constantFrom('list', 'object'), fc.constantFrom(10, 100, 1000)).map(([kind, depth]) => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = kind === 'list' ? [value] : { a: value };
  return value;
});

/** Any value that JSON can hold. */
export const anyValue: Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: anyText }, { weight: 3, arbitrary: anyNumber }, { weight: 2, arbitrary: fc.constantFrom(null, true, false, [], {}, [null], { id: 1 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) }, { weight: 1, arbitrary: deep },
);

/** A value as the schema wants it, near enough; what it leaves open is anything. */
function fitting(schema: JsonSchema): Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...(schema.enum as unknown[]));
  if (schema.format === 'uuid') return fc.uuid();
  if (schema.format === 'date-time') return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }).map((date) => date.toISOString());
  if (schema.format === 'email') return fc.emailAddress();
  switch ([schema.type].flat()[0]) {
    case 'integer': return fc.integer({ min: schema.minimum ?? -10, max: Math.min(schema.maximum ?? 200, 1_000_000) });
    case 'number': return fc.double({ noNaN: true });
    case 'boolean': return fc.boolean();
    case 'array': return fc.array(fitting(schema.items ?? {}), { maxLength: 4 });
    case 'object': return fc.dictionary(fc.string({ maxLength: 10 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 });
    case 'string': return fc.string({ minLength: Math.max(schema.minLength ?? 1, 1), maxLength: Math.min(schema.maxLength ?? 30, 30) }).map((text) => text.replace(/^\s/, 'x'));
    default: return anyValue;
  }
}

/** Most are as the schema wants it, so that faults come one by one; the others are anything. */
export const valueOf = (schema: JsonSchema): Arbitrary<unknown> => fc.oneof({ weight: 4, arbitrary: fitting(schema) }, { weight: 1, arbitrary: anyValue });
