import { getNamedType, getNullableType, isListType, isObjectType, type GraphQLField, type GraphQLOutputType, type GraphQLSchema } from 'graphql';

type Field = GraphQLField<unknown, unknown>;

/**
 * All that can be asked of a type, down to where it would go in a circle: what someone curious would ask for.
 * @param lists how many lists may still lie within each other, since a query may only cost so much
 */
function everythingOf(type: GraphQLOutputType, lists: number, open: string[] = []): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const below = [...open, named.name];
  const left = isObjectList(type) ? lists - 1 : lists;
  const fields = Object.values(named.getFields()).filter((field) =>
    !below.includes(getNamedType(field.type).name) && !(left === 0 && isObjectList(field.type)));
  return `{ ${fields.map((field) => `${field.name} ${everythingOf(field.type, left, below)}`).join(' ')} }`;
}

const isObjectList = (type: GraphQLOutputType) => isListType(getNullableType(type)) && isObjectType(getNamedType(type));
const isPage = (type: GraphQLOutputType) => isObjectType(getNamedType(type)) && getNamedType(type).name.endsWith('Page');

const rootTypes: Record<string, 'getQueryType' | 'getMutationType' | 'getSubscriptionType'> = {
  Query: 'getQueryType', Mutation: 'getMutationType', Subscription: 'getSubscriptionType',
};

/** The root fields of the schema: `Query.run`, `Mutation.createRun` … */
export const rootFields = (schema: GraphQLSchema): Map<string, Field> =>
  new Map(Object.entries(rootTypes).flatMap(([type, get]) =>
    Object.values(schema[get]()?.getFields() ?? {}).map((field): [string, Field] => [`${type}.${field.name}`, field])));

/** The text of an operation that asks one root field for everything. Its arguments are variables, but numbers: a limit in a variable costs the most. */
export function operationFor(name: string, field: Field, given: Record<string, unknown>): string {
  const unknown = Object.keys(given).find((arg) => !field.args.some((known) => known.name === arg));
  if (unknown) throw new Error(`${name} has no argument ${unknown}`);
  const args = field.args.filter((arg) => arg.name in given);
  const isWritten = (arg: { name: string }) => typeof given[arg.name] === 'number';
  const inBrackets = (parts: string[]) => (parts.length > 0 ? `(${parts.join(', ')})` : '');
  const variables = inBrackets(args.filter((arg) => !isWritten(arg)).map((arg) => `$${arg.name}: ${arg.type}`));
  const values = inBrackets(args.map((arg) => `${arg.name}: ${isWritten(arg) ? given[arg.name] : `$${arg.name}`}`));
  const kind = name.slice(0, name.indexOf('.')).toLowerCase();
  const lists = isPage(field.type) || isObjectList(field.type) ? 1 : 2;
  return `${kind} ${variables} { ${field.name}${values} ${everythingOf(field.type, lists)} }`;
}
