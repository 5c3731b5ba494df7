import {
  coerceInputValue, getNamedType, isEnumType, isInputType, isListType, isNonNullType, typeFromAST,
  type GraphQLError, type GraphQLInputType, type GraphQLSchema, type OperationDefinitionNode,
} from 'graphql';
import { validationError, type PlatformError } from '../src/errors.js';
import { fieldLabel, isRequired } from '../src/validation.js';

type Path = readonly (string | number)[];

/**
 * What is wrong with an operation's variables, one sentence per field, or null when they fit and can be kept.
 * The field is the last name on the way: `input.name` → `name`, `$personaId` → `personaId`.
 */
export function variableFaults(schema: GraphQLSchema, operation: OperationDefinitionNode, values: Record<string, unknown>): PlatformError | null {
  const faults: Record<string, string> = {};
  for (const { variable, type: typeNode, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    const type = typeFromAST(schema, typeNode);
    if (!isInputType(type)) continue;
    const value = values[name];
    if (value === undefined && (defaultValue || !isNonNullType(type))) continue;
    if (value == null && isNonNullType(type)) faults[name] = isRequired(name);
    else coerceInputValue(value, type, (path, bad, error) => note(faults, [name, ...path], bad, error, type));
  }
  const all = { ...textFaults(values), ...faults };
  return Object.keys(all).length > 0 ? validationError(all) : null;
}

/**
 * Which variables hold text that cannot be kept, one sentence per field: with a NUL, which no database
 * takes, or with half a surrogate pair, which would silently become another character. Looks at plain values only, not into
 * files, and without recursion: what was sent may lie deep.
 */
export function textFaults(variables: unknown): Record<string, string> {
  const details: Record<string, string> = {};
  const open: [field: string, value: unknown][] = [['body', variables]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [field, value] = next;
    const at = (key: string) => (Array.isArray(value) || unfit.test(key) ? field : key);
    if (typeof value === 'string' && unfit.test(value)) details[field] = `${fieldLabel(field)} must not contain ${value.includes('\0') ? 'the character NUL' : 'half a surrogate pair'}`;
    else if (isPlain(value)) for (const [key, inner] of Object.entries(value)) open.push([field, key], [at(key), inner]);
  }
  return details;
}

/** With the flag u only a surrogate that stands alone is one. */
const unfit = /[\0\p{Surrogate}]/u;

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && (Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value)));

const missingField = /^Field "(\w+)" of required type/;
const unknownField = /^Field "(\w+)" is not defined/;

function note(details: Record<string, string>, path: Path, value: unknown, error: GraphQLError, root: GraphQLInputType): void {
  const missing = missingField.exec(error.message)?.[1];
  const unknown = unknownField.exec(error.message)?.[1];
  const field = missing ?? unknown ?? (path.findLast((key) => typeof key === 'string') as string);
  if (missing) details[field] ??= isRequired(field);
  else if (unknown) details[field] ??= `${fieldLabel(field)} is not a known field`;
  else details[field] ??= value === null ? isRequired(field) : wrongType(field, typeAt(root, path.slice(1)));
}

/** The type that stands at a path below an input type. */
function typeAt(type: GraphQLInputType, path: Path): GraphQLInputType {
  let at: any = type;
  for (const key of path) {
    at = isNonNullType(at) ? at.ofType : at;
    at = isListType(at) ? at.ofType : at.getFields()[key].type;
  }
  return at;
}

const typeSentences: Record<string, string> = {
  Int: 'must be a whole number',
  Float: 'must be a number',
  String: 'must be text',
  Boolean: 'must be true or false',
  UUID: 'must be a UUID',
  DateTime: 'must be an ISO 8601 date',
  EndDate: 'must be an ISO 8601 date',
  JSONObject: 'must be an object',
  Upload: 'must be a file, sent as a form to POST /api/personas/:personaId/memory/upload',
};

function wrongType(field: string, type: GraphQLInputType): string {
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isListType(bare)) return `${fieldLabel(field)} must be a list`;
  if (isEnumType(bare)) return `${fieldLabel(field)} must be one of ${bare.getValues().map(({ name }) => name).join(', ')}`;
  return `${fieldLabel(field)} ${typeSentences[getNamedType(bare).name] ?? 'must be an object'}`;
}
