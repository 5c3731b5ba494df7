import { getNamedType, getNullableType, isCompositeType, isListType, Kind, type FieldNode, type GraphQLField } from 'graphql';
import { largestLimit } from '../src/paging.js';

/**
 * What a query may cost, as a measure of how long its answer can become: a plain value costs 1, what can be long costs
 * more, and a list multiplies what is asked of each entry. Everything is estimated before anything runs.
 */
export const cost = {
  /** What one query may cost. The dearest one that this project sends costs less than half of it. */
  most: 12_000,
  /** How many entries a list without a limit is taken for, such as a run's steps. */
  entries: 10,
  /** Texts and objects of which one can be as long as a whole page of others; by type, or by type and field. */
  weights: {
    JSONObject: 20,
    'Persona.systemPrompt': 20,
    'Agent.systemPromptOverride': 20,
    'Run.input': 20,
    'Run.output': 20,
    // All that the model was told so far.
    'RunStep.input': 50,
    'RunStep.errorMessage': 5,
    'MemoryMatch.text': 5,
    'Passage.text': 5,
    // Several hundred rows of the log.
    'AuditExport.text': 5000,
    // Up to 400 and 100 points in a row.
    'Query.auditActivity': 1000,
    'Usage.points': 500,
    'PersonaUsage.points': 100,
    'ProviderUsage.points': 100,
  } as Record<string, number>,
};

/** What one value of a field costs, without what is below it. */
export const weightOf = (key: string, { type }: Field): number =>
  cost.weights[key] ?? cost.weights[getNamedType(type).name] ?? 1;

type Field = GraphQLField<unknown, unknown>;

/** Whether a field gives a list of objects; a list of plain values counts as one value. */
export const isList = ({ type }: Field): boolean => isListType(getNullableType(type)) && isCompositeType(getNamedType(type));

/** How many objects a field gives: one, or as many as its list has. */
export const entriesOf = (field: Field, limit: number = cost.entries): number => (isList(field) ? limit : 1);

/**
 * The limit that a field is given, or that it has by default; undefined when it takes none. Documents are validated once
 * for all variables, so a variable counts as the most that it can be; so does a limit that the service will refuse.
 */
export function limitOf(node: FieldNode, { args }: Field): number | undefined {
  const argument = args.find(({ name }) => name === 'limit');
  if (!argument) return undefined;
  const given = node.arguments?.find(({ name }) => name.value === 'limit')?.value;
  const limit = given ? given.kind === Kind.INT && Number(given.value) : argument.defaultValue;
  return typeof limit === 'number' && limit >= 1 && limit <= largestLimit ? limit : largestLimit;
}
