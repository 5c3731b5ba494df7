import type { OperationSource } from './documents.js';
import { pathParameters, type Route } from './route.js';

/** What a request gives to an operation, by variable. */
export type Variables = Record<string, unknown>;

/** Makes the variables of a route's operation from the parts of a request. */
export type VariableReader = (path: Variables, queryString: string, body: Variables | undefined) => Variables;

/**
 * Builds the reader of one route. What cannot be converted stays as it is, so that the schema, which knows every type and
 * its sentence, refuses it. For the same reason a parameter given twice becomes a list, which no single value accepts.
 * Throws when the route names a variable that its operation lacks, or leaves out one that it must have.
 */
export function variableReader(route: Route, operation: OperationSource): VariableReader {
  check(route, operation);
  const { query = [], body: fields = [], input } = route;
  const convert = new Map(query.map((name) => [name, converters[operation.variables.get(name)!.type] ?? asText]));

  return (path, queryString, body) => {
    const variables: Variables = { ...path };
    if (queryString !== '' && convert.size > 0) readQuery(queryString, convert, variables);
    if (body) {
      pick(body, fields, variables);
      if (input) variables.input = pick(body, input, {});
    }
    return variables;
  };
}

type Converter = (text: string) => unknown;

const asText: Converter = (text) => text;
const asNumber: Converter = (text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);
const asBoolean: Converter = (text) => (text === 'true' ? true : text === 'false' ? false : text);

/** How the text of a query string becomes a value of a GraphQL type; all others are written as text. */
const converters: Record<string, Converter> = { Int: asNumber, Float: asNumber, Boolean: asBoolean };

function readQuery(queryString: string, convert: Map<string, Converter>, variables: Variables): void {
  const given = new URLSearchParams(queryString);
  for (const name of new Set(given.keys())) {
    const converter = convert.get(name);
    if (!converter) continue;
    const values = given.getAll(name).map(converter);
    variables[name] = values.length === 1 ? values[0] : values;
  }
}

function pick(body: Variables, fields: readonly string[], into: Variables): Variables {
  for (const field of fields) {
    if (Object.hasOwn(body, field)) into[field] = body[field];
  }
  return into;
}

function check({ method, path, query = [], body = [], input, form }: Route, { name, variables }: OperationSource): void {
  const fed = [...pathParameters(path), ...query, ...body, ...(input ? ['input'] : []), ...(form ? [form.file] : [])];
  const unknown = fed.find((variable) => !variables.has(variable));
  if (unknown) throw new Error(`${method} ${path} gives $${unknown}, which the operation ${name} does not have`);
  for (const [variable, { isRequired }] of variables) {
    if (isRequired && !fed.includes(variable)) throw new Error(`${method} ${path} never gives $${variable} of the operation ${name}`);
  }
}
