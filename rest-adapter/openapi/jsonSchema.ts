import { type GraphQLInputType, type GraphQLNamedType, getNamedType, getNullableType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import { constraintsOf, isNeverNull } from '../../schema/constraints.js';
import { examplesOf } from './examples.js';

/** A JSON Schema (2020-12), as OpenAPI 3.1 has it. */
export type JsonSchema = Record<string, any>;

/** GraphQL's own scalars. Others bring their schema as the extension `jsonSchema`. */
const ownScalars: Record<string, JsonSchema> = {
  Int: { type: 'integer', format: 'int32' },
  Float: { type: 'number' },
  String: { type: 'string' },
  Boolean: { type: 'boolean' },
  ID: { type: 'string' },
};

/** The schema of a scalar or an enum, never null. Throws for a scalar that does not say what it looks like. */
export function leafSchema(type: GraphQLNamedType): JsonSchema {
  if (isEnumType(type)) return { type: 'string', enum: type.getValues().map(({ name }) => name) };
  const schema = ownScalars[type.name] ?? (type.extensions.jsonSchema as JsonSchema | undefined);
  if (!schema) throw new Error(`The scalar ${type.name} has no extension jsonSchema`);
  return { ...schema };
}

/** Where an input stands, to find its example and its constraints. */
export interface Place {
  /** The input type, or the root field of an argument. */
  parent: string;
  field: string;
  description?: string | null;
  defaultValue?: unknown;
}

/**
 * The schema of what a client may send for an input type.
 * @param only the fields that are taken of an input object; all unless given
 */
export function inputSchema(type: GraphQLInputType, place: Place, only?: readonly string[]): JsonSchema {
  const { parent, field, description, defaultValue } = place;
  const bare = { ...bareSchema(getNullableType(type), place, only), ...constraintsOf(parent, field) };
  return {
    ...(isNonNullType(type) || isNeverNull(parent, field) ? bare : nullable(bare)),
    ...(description && { description }),
    ...(defaultValue !== undefined && { default: defaultValue }),
    ...examplesOf(parent, field),
  };
}

function bareSchema(type: GraphQLInputType, place: Place, only?: readonly string[]): JsonSchema {
  if (isListType(type)) return { type: 'array', items: bareItems(type.ofType as GraphQLInputType, place) };
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return { ...leafSchema(named), ...(named.name === 'Int' && { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }) };
  const fields = Object.values(named.getFields()).filter(({ name }) => !only || only.includes(name));
  const required = fields.filter((field) => isNonNullType(field.type) && field.defaultValue === undefined).map(({ name }) => name);
  const properties = fields.map(({ name, type: fieldType, description, defaultValue }) =>
    [name, inputSchema(fieldType, { parent: named.name, field: name, description, defaultValue })]);
  return { type: 'object', properties: Object.fromEntries(properties), ...(required.length > 0 && { required }) };
}

/** What holds for the list as a whole says nothing of its items. */
function bareItems(type: GraphQLInputType, { parent }: Place): JsonSchema {
  const schema = bareSchema(getNullableType(type), { parent, field: '' });
  return isNonNullType(type) ? schema : nullable(schema);
}

/** The same schema that also allows null. */
export function nullable(schema: JsonSchema): JsonSchema {
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  return { ...schema, type: [schema.type, 'null'], ...(schema.enum && { enum: [...schema.enum, null] }) };
}
