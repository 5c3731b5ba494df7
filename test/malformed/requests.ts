import fc, { type Arbitrary } from 'fast-check';
import type { OpenApiDocument } from '../../rest-adapter/openapi.js';
import type { JsonSchema } from '../../rest-adapter/openapi/jsonSchema.js';
import { formOf } from '../support/form.js';
import { anyText, anyValue, valueOf } from './values.js';

/** A request exactly as it is sent. */
export interface WildRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: Buffer;
}

/** What a request of one route is made of: the document's word on it, real ids for its path, and a token that is good. */
export interface Target {
  method: string;
  path: string;
  operation: JsonSchema;
  document: OpenApiDocument;
  /** By parameter; several where a request uses them up. */
  ids: Record<string, string[]>;
  tokens: string[];
}

const often = <T>(weight: number, arbitrary: Arbitrary<T>, other: Arbitrary<T>): Arbitrary<T> =>
  fc.oneof({ weight, arbitrary }, { weight: 1, arbitrary: other });

/** A request of a route in which anything may be wrong. */
export function wildRequest(target: Target): Arbitrary<WildRequest> {
  const { method } = target;
  return fc.record({ path: pathOf(target), query: queryOf(target), headers: headersOf(target), body: bodyOf(target) })
    .map(({ path, query, headers, body: { type, bytes } }) => ({
      method, path: path + query, headers: { ...(type !== undefined && { 'content-type': type }), ...headers }, ...(bytes && { body: bytes }),
    }));
}

const encoded = (text: string) => encodeURIComponent(text.slice(0, 2000).replace(/\p{Surrogate}/gu, '?'));
/** Encodings that stand for nothing, for halves of characters, or for other places. */
const badlyEncoded = fc.constantFrom('%', '%zz', '%00', '%ff', '%ED%A0%80', '%2e%2e%2f', '..', '%25', '+', 'x'.repeat(5000));

function pathOf({ path, ids }: Target): Arbitrary<string> {
  const parts = path.split('/').map((part) => {
    const [, name] = /^{(\w+)}$/.exec(part) ?? [];
    return name ? often(8, fc.constantFrom(...ids[name]!), fc.oneof(fc.uuid(), anyText.map(encoded), badlyEncoded)) : fc.constant(part);
  });
  return fc.tuple(...parts).map((chosen) => chosen.join('/'));
}

/** Each parameter up to three times, and some that there are not. */
function queryOf({ operation }: Target): Arbitrary<string> {
  const parameters: JsonSchema[] = (operation.parameters ?? []).filter((parameter: JsonSchema) => parameter.in === 'query');
  const pairs = parameters.map(({ name, schema }) => {
    const value = often(6, valueOf(schema).map((given) => encoded(typeof given === 'string' ? given : String(JSON.stringify(given)))), badlyEncoded);
    const key = often(10, fc.constant(name as string), fc.constantFrom(`${name}[]`, `${name}[a]`, `${name}%00`, name.toUpperCase()));
    return fc.array(fc.tuple(key, value).map((pair) => pair.join('=')), { maxLength: 3 });
  });
  const unknown = fc.array(fc.tuple(anyText.map(encoded), anyText.map(encoded)).map((pair) => pair.join('=')), { maxLength: 1 });
  return fc.tuple(unknown, ...pairs).map((all) => all.flat()).map((all) => (all.length > 0 ? `?${all.join('&').slice(0, 6000)}` : ''));
}

const headerText = anyText.map((text) => text.replace(/[^\x20-\x7e\xa0-\xff]/g, '').slice(0, 500));

function headersOf({ operation, tokens }: Target): Arbitrary<Record<string, string>> {
  const authorization = often(20, fc.constantFrom(...tokens).map((token) => `Bearer ${token}`), fc.oneof(headerText, headerText.map((text) => `Bearer ${text}`)));
  const takesKey = operation.parameters?.some(({ in: place }: JsonSchema) => place === 'header') ?? false;
  return fc.record({
    authorization,
    accept: fc.oneof(fc.constantFrom('text/html', '*/*', 'application/xml', ''), headerText),
    'accept-encoding': fc.constantFrom('br', 'identity;q=0', '*'),
    'x-request-id': headerText,
    'x-forwarded-for': headerText,
    'x-http-method-override': fc.constantFrom('DELETE', 'GET'),
    cookie: headerText,
    ...(takesKey && { 'idempotency-key': fc.oneof(fc.constantFrom('a', 'b'), fc.uuid(), headerText) }),
  }, { requiredKeys: ['authorization'] });
}

interface WildBody {
  type?: string;
  bytes?: Buffer;
}

function bodyOf({ operation, document }: Target): Arbitrary<WildBody> {
  const content: JsonSchema = operation.requestBody?.content ?? {};
  if (content['multipart/form-data']) return often(8, wildForm, anyBytes);
  const reference: string | undefined = content['application/json']?.schema.$ref;
  if (!reference) return often(5, fc.constant({}), anyBytes);
  const text = wildJson(document.components.schemas[reference.split('/').at(-1)!]);
  const type = often(10, fc.constant('application/json'), fc.constantFrom('application/json; charset=utf-16', 'application/json;', 'APPLICATION/JSON; charset="utf-8"', 'application/merge-patch+json'));
  return often(12, fc.record({ type, bytes: text.map((given) => Buffer.from(given)) }), anyBytes);
}

/** An object of the schema's fields, each of which may be anything or missing, with some that are no business of a client. */
function wildJson(schema: JsonSchema): Arbitrary<string> {
  const fields = Object.fromEntries(Object.entries<JsonSchema>(schema.properties).map(([name, property]) => [name, valueOf(property)]));
  const others = { id: fc.uuid(), ownerId: fc.uuid(), role: anyText, createdAt: anyText, constructor: anyValue };
  const object = often(3, fc.record(fields), fc.record({ ...fields, ...others }, { requiredKeys: [] })).map((value) => JSON.stringify(value));
  const polluting = object.map((text) => `{"__proto__":{"role":"admin"},${text.slice(1)}`);
  const twice = fc.tuple(object, object).map(([one, other]) => `${one.slice(0, -1)},${other.slice(1)}`);
  const cut = fc.tuple(object, fc.nat(100)).map(([text, end]) => text.slice(0, end));
  const odd = fc.constantFrom('', 'null', '[]', '{}', '""', '5', 'true', '\ufeff{}', "{'a':1}", '{"a":NaN}', '{"a":1e999}', '['.repeat(5000), `${'[{"a":'.repeat(3000)}1`, '{"a":"\\ud800"}');
  return fc.oneof(
    { weight: 12, arbitrary: object }, { weight: 1, arbitrary: polluting }, { weight: 1, arbitrary: twice }, { weight: 1, arbitrary: cut }, { weight: 1, arbitrary: odd },
    { weight: 1, arbitrary: anyValue.map((value) => JSON.stringify(value)) },
  );
}

/** Bytes of any type, and of none, also such as are not what their headers say. */
const anyBytes: Arbitrary<WildBody> = fc.record({
  type: fc.constantFrom(undefined, 'text/plain', 'application/x-www-form-urlencoded', 'application/json', 'multipart/form-data', 'multipart/form-data; boundary=x', 'application/xml', '*/*', 'x'),
  bytes: fc.oneof(fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)), fc.constant(Buffer.alloc(1_100_000, 'x'))),
});

/** A form of any parts in any order, whole or cut. */
const wildForm: Arbitrary<WildBody> = fc.record({
  parts: fc.array(fc.record({
    name: often(8, fc.constantFrom('file', 'file', 'name'), anyText.map((text) => text.slice(0, 50))),
    fileName: fc.oneof(fc.constant(undefined), fc.constant('a.txt'), anyText.map((text) => text.slice(0, 300))),
    content: fc.oneof(fc.uint8Array({ maxLength: 100 }), anyText),
  }).map(({ fileName, ...part }) => ({ ...part, ...(fileName !== undefined && { fileName }) })), { maxLength: 3 }),
  isCut: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
}).map(({ parts, isCut }) => {
  const { headers, body } = formOf(parts, { isCut });
  return { type: headers['content-type'], bytes: body };
});
