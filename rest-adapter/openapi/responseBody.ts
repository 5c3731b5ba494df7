import {
  type FieldNode, type FragmentDefinitionNode, getNamedType, getNullableType, type GraphQLNamedType, type GraphQLObjectType, type GraphQLOutputType,
  isEnumType, isLeafType, isListType, isNonNullType, Kind, type SelectionSetNode,
} from 'graphql';
import type { Data } from '../route.js';
import { examplesOf } from './examples.js';
import { type JsonSchema, leafSchema, nullable } from './jsonSchema.js';
import type { Operation } from './requests.js';

/*
 * What a route answers is written in one place: its presenter, over what its operation selects. So the schema of the body is
 * read off the presenter, by running it once at start over a sample of the selection in which every value is a Token that
 * knows the GraphQL field it came from; where a token comes out is where that field stands in the body. A field that the
 * operation does not select throws, so a presenter and its operation cannot disagree.
 *
 * A presenter may treat values differently (a tool_call has a tool, an llm_call none). Hence it is run again with every value
 * of an enum or a boolean that changes the shape, and with null wherever the schema allows null; the shapes that come out are
 * united. So null is allowed exactly where a presenter lets it through.
 */

/** A value of the sample: not yet any text or number, but what is known of it. */
class Token {
  constructor(readonly path: string, readonly type: GraphQLNamedType, readonly parent: GraphQLNamedType, readonly field: string, readonly description?: string | null) {}

  /** Text that is made of a token is known by this mark. */
  [Symbol.toPrimitive](): string {
    return mark;
  }
}

const mark = '\u{E000}';

/** What stands somewhere in a sample instead of a token. */
type Choices = ReadonlyMap<string, unknown>;

/** What can be chosen: by path, the values of enums and booleans, and where null may stand. */
interface Seen {
  finite: Map<string, unknown[]>;
  nullable: Set<string>;
}

/** The schema of the body that a presenter makes of an operation's data. Throws when it reads what is not selected. */
export function responseSchema(operation: Operation, present: (data: Data) => unknown): JsonSchema {
  const seen: Seen = { finite: new Map(), nullable: new Set() };
  const shapeWith = (choices: Choices): Shape => shapeOf(present(sampleOf(operation, choices, seen)));
  const plain = shapeWith(new Map());
  const deciding = [...seen.finite].filter(([path, values]) =>
    values.some((value) => patternOf(shapeWith(new Map([[path, value]])), path, value) !== patternOf(plain, path, value)));
  const cases = deciding.reduce<[string, unknown][][]>(
    (list, [path, values]) => list.flatMap((chosen) => values.map((value): [string, unknown][] => [...chosen, [path, value]])), [[]]);
  const shapes = cases.flatMap((chosen) => [[], ...[...seen.nullable].map((path): [string, unknown][] => [[path, null]])]
    .map((empty) => shapeWith(new Map([...chosen, ...empty]))));
  return schemaOf(unite(shapes));
}

function sampleOf({ schema, document, definition }: Operation, choices: Choices, seen: Seen): Data {
  const fragments = new Map(document.definitions.filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
    .map((node) => [node.name.value, node]));

  function objectOf(selections: SelectionSetNode, type: GraphQLObjectType, path: string): Data {
    const fields = fieldsOf(selections).map((node) => {
      const field = type.getFields()[node.name.value]!;
      const key = (node.alias ?? node.name).value;
      return [key, valueOf(node, field.type, new Token(`${path}.${key}`, getNamedType(field.type), type, field.name, field.description))];
    });
    return new Proxy(Object.fromEntries(fields), {
      get(target, key, receiver) {
        if (typeof key === 'string' && !(key in target)) throw new Error(`${definition.name?.value} does not select ${path}.${key}`);
        return Reflect.get(target, key, receiver);
      },
    });
  }

  function valueOf(node: FieldNode, type: GraphQLOutputType, token: Token): unknown {
    const { path } = token;
    const bare = getNullableType(type);
    if (!isNonNullType(type)) seen.nullable.add(path);
    if (choices.has(path)) return choices.get(path);
    if (isListType(bare)) return [isLeafType(token.type) ? token : objectOf(node.selectionSet!, token.type as GraphQLObjectType, path)];
    if (!isLeafType(bare)) return objectOf(node.selectionSet!, bare as GraphQLObjectType, path);
    if (isEnumType(bare)) seen.finite.set(path, bare.getValues().map(({ name }) => name));
    else if (bare.name === 'Boolean') seen.finite.set(path, [true, false]);
    return token;
  }

  const fieldsOf = ({ selections }: SelectionSetNode): FieldNode[] => selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node];
    return fieldsOf(node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : fragments.get(node.name.value)!.selectionSet);
  });

  return objectOf(definition.selectionSet, schema.getRootType(definition.operation)!, definition.operation);
}

/** The shape of a body, or of a part of it. */
type Shape =
  | { token: Token }
  | { value: unknown }
  | { items: Shape | null }
  | { properties: Record<string, Shape> }
  | { oneOf: Shape[] };

function shapeOf(value: unknown): Shape {
  if (value instanceof Token) return { token: value };
  if (Array.isArray(value)) return { items: value.length > 0 ? unite(value.map(shapeOf)) : null };
  if (typeof value !== 'object' || value === null) return { value };
  const entries = Object.entries(value).filter(([, property]) => property !== undefined);
  return { properties: Object.fromEntries(entries.map(([key, property]) => [key, shapeOf(property)])) };
}

/** The shape as text, in which the token of a path and the value that was chosen for it look the same. */
const patternOf = (shape: Shape, path: string, value: unknown): string =>
  JSON.stringify(shape, (_key, part) => {
    if (part instanceof Token) return part.path === path ? '*' : part.path;
    return part === value ? '*' : part;
  }).replaceAll('{"value":"*"}', '{"token":"*"}');

/** One shape for all that was seen at one place. */
function unite(shapes: Shape[]): Shape {
  const groups = new Map<string, Shape[]>();
  for (const shape of shapes.flatMap((one) => ('oneOf' in one ? one.oneOf : [one]))) {
    const key = kindOf(shape);
    groups.set(key, [...(groups.get(key) ?? []), shape]);
  }
  const united = [...groups.values()].map(uniteAlike);
  return united.length === 1 ? united[0]! : { oneOf: united };
}

function kindOf(shape: Shape): string {
  if ('token' in shape) return `token ${shape.token.path}`;
  if ('value' in shape) return `value ${JSON.stringify(shape.value)}`;
  if ('items' in shape) return 'list';
  return `object ${'properties' in shape && Object.keys(shape.properties).join()}`;
}

function uniteAlike(shapes: Shape[]): Shape {
  const [first] = shapes as [Shape];
  if ('items' in first) {
    const items = (shapes as { items: Shape | null }[]).flatMap((list) => list.items ?? []);
    return { items: items.length > 0 ? unite(items) : null };
  }
  if (!('properties' in first)) return first;
  const all = shapes as { properties: Record<string, Shape> }[];
  return { properties: Object.fromEntries(Object.keys(first.properties).map((key) => [key, unite(all.map(({ properties }) => properties[key]!))])) };
}

function schemaOf(shape: Shape): JsonSchema {
  if ('token' in shape) return tokenSchema(shape.token);
  if ('value' in shape) return valueSchema(shape.value);
  if ('items' in shape) return { type: 'array', ...(shape.items && { items: schemaOf(shape.items) }) };
  if ('properties' in shape) return objectSchema(shape.properties);
  const some = shape.oneOf.filter((one) => !isNull(one));
  const texts = some.flatMap((one) => ('value' in one && typeof one.value === 'string' ? [one.value] : []));
  // Unlike shapes exclude each other by their keys or their values.
  const schema = some.length === 1 ? schemaOf(some[0]!)
    : texts.length === some.length ? { type: 'string', enum: texts } : { oneOf: some.map(schemaOf) };
  return some.length < shape.oneOf.length ? nullable(schema) : schema;
}

const isNull = (shape: Shape) => 'value' in shape && shape.value === null;

function tokenSchema({ type, parent, field, description }: Token): JsonSchema {
  const { examples } = examplesOf(parent.name, field);
  // The example of a field that is a list is one for its entries.
  return { ...leafSchema(type), ...(description && { description }), ...(examples && { examples: examples.flat() }) };
}

function valueSchema(value: unknown): JsonSchema {
  if (typeof value === 'string' && value.includes(mark)) return { type: 'string' };
  return value === null ? { type: 'null' } : { type: typeof value, const: value };
}

function objectSchema(properties: Record<string, Shape>): JsonSchema {
  const entries = Object.entries(properties);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([key, shape]) => [key, schemaOf(shape)])),
    required: entries.map(([key]) => key),
    additionalProperties: false,
  };
}
