import {
  type FieldNode, getNamedType, type GraphQLArgument, type GraphQLInputType, type GraphQLSchema, isInputObjectType, isNonNullType, Kind,
  type DocumentNode, type OperationDefinitionNode, type ValueNode,
} from 'graphql';
import { pathParameters, type Route } from '../route.js';
import { type JsonSchema, inputSchema, type Place } from './jsonSchema.js';

/** An operation of a route, which fits the schema. */
export interface Operation {
  schema: GraphQLSchema;
  document: DocumentNode;
  definition: OperationDefinitionNode;
}

/** What a variable of an operation is for: the argument, or the field of an input object, that it becomes. */
interface Use extends Place {
  type: GraphQLInputType;
}

/** The root field that an operation asks for. */
export function rootFieldOf({ schema, definition }: Operation) {
  const node = definition.selectionSet.selections[0] as FieldNode;
  return { node, field: schema.getRootType(definition.operation)!.getFields()[node.name.value]! };
}

/** Where each variable goes. An argument says more than the variable's own type: its description and its default. */
function usesOf(operation: Operation): Map<string, Use> {
  const { node, field } = rootFieldOf(operation);
  const uses = new Map<string, Use>();

  function note(value: ValueNode, use: Use): void {
    if (value.kind === Kind.VARIABLE) uses.set(value.name.value, use);
    const named = getNamedType(use.type);
    if (value.kind !== Kind.OBJECT || !isInputObjectType(named)) return;
    for (const part of value.fields) {
      const inner = named.getFields()[part.name.value]!;
      note(part.value, useOf(named.name, inner));
    }
  }
  for (const { name, value } of node.arguments ?? []) {
    note(value, useOf(field.name, field.args.find((argument) => argument.name === name.value)!));
  }
  return uses;
}

const useOf = (parent: string, { name, type, description, defaultValue }: Pick<GraphQLArgument, 'name' | 'type' | 'description' | 'defaultValue'>): Use =>
  ({ parent, field: name, type, description, defaultValue });

const isRequired = ({ type, defaultValue }: Use) => isNonNullType(type) && defaultValue === undefined;

/** The parameters of path and query string. A query string has no null, so what may be left out is left out. */
export function parametersOf(route: Route, operation: Operation): JsonSchema[] {
  const uses = usesOf(operation);
  const parameter = (place: 'path' | 'query') => (name: string) => {
    const { description, examples, ...schema } = withoutNull(inputSchema(uses.get(name)!.type, uses.get(name)!));
    return {
      name, in: place, required: place === 'path' || isRequired(uses.get(name)!), ...(description && { description }), schema,
      ...(examples && { example: examples[0] }),
    };
  };
  return [...pathParameters(route.path).map(parameter('path')), ...(route.query ?? []).map(parameter('query'))];
}

function withoutNull(schema: JsonSchema): JsonSchema {
  if (!Array.isArray(schema.type)) return schema;
  return { ...schema, type: schema.type[0], ...(schema.enum && { enum: schema.enum.filter((value: unknown) => value !== null) }) };
}

/** The body that a route takes, with its content type, or undefined. */
export function requestBody(route: Route, operation: Operation): { type: string; schema: JsonSchema } | undefined {
  const uses = usesOf(operation);
  if (route.input) {
    const { description: _description, ...schema } = inputSchema(uses.get('input')!.type, uses.get('input')!, route.input);
    return { type: 'application/json', schema };
  }
  if (route.body) return { type: 'application/json', schema: objectOf(route.body, uses) };
  if (!route.form) return undefined;
  const schema = objectOf([route.form.file], uses);
  // Text that goes along with the file is known to the adapter alone.
  const texts = Object.fromEntries(route.form.fields.map((name) => [name, { type: 'string' }]));
  return { type: 'multipart/form-data', schema: { ...schema, properties: { ...schema.properties, ...texts } } };
}

function objectOf(names: readonly string[], uses: Map<string, Use>): JsonSchema {
  const required = names.filter((name) => isRequired(uses.get(name)!));
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, inputSchema(uses.get(name)!.type, uses.get(name)!)])),
    ...(required.length > 0 && { required }),
  };
}
