/** Objects whose keys are for the tool, the event or the operator to choose; the document shows an example of one. */
const open = new Set(['metadata', 'config', 'parameters', 'details']);

/** Open within a step: what goes in and comes out of a model or a tool. */
const isOpen = (path: string) => open.has(path.split('.').at(-1)!) || /\.steps\[\]\.(input|output)$/.test(path);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/;

/** The type of a value: of JSON, and where the document shows one, an id or a moment. */
function typeOf(value: unknown, isExample = false): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value !== 'string') return typeof value;
  if (isExample ? value === 'uuid' : uuid.test(value)) return 'id';
  return time.test(value) ? 'moment' : 'string';
}

/**
 * In what a body differs from its documented example: keys that are missing or too many, and other types, all the way down. A list
 * has to have an entry like every one of the example, with every value there; its other entries may have null in places.
 * @param extra keys that the body may have at its top beyond the example
 */
export function differences(actual: any, example: any, extra: readonly string[] = [], path = 'body'): string[] {
  return differ(actual, example, extra, path, false);
}

function differ(actual: any, example: any, extra: readonly string[], path: string, mayBeNull: boolean): string[] {
  if (actual === null && mayBeNull) return [];
  const [type, wanted] = [typeOf(actual), typeOf(example, true)];
  // An example such as "uuid" in a text, or a text that happens to look like an id, is still a text.
  if (type !== wanted && !(wanted === 'string' && typeof actual === 'string')) return [`${path} is of the type ${type}, not ${wanted}`];
  if (wanted === 'list') return differInList(actual, example, path, mayBeNull);
  if (wanted !== 'object' || isOpen(path)) return [];
  const keys = Object.keys(example);
  return [
    ...keys.filter((key) => !(key in actual)).map((key) => `${path}.${key} is missing`),
    ...Object.keys(actual).filter((key) => !keys.includes(key) && !extra.includes(key)).map((key) => `${path}.${key} is not documented`),
    ...keys.filter((key) => key in actual).flatMap((key) => differ(actual[key], example[key], [], `${path}.${key}`, mayBeNull)),
  ];
}

function differInList(actual: any[], examples: any[], path: string, mayBeNull: boolean): string[] {
  if (examples.length === 0) return [];
  const least = (list: string[][]) => list.reduce((best, one) => (one.length < best.length ? one : best));
  const unlike = actual.flatMap((entry) => least(examples.map((example) => differ(entry, example, [], `${path}[]`, true))));
  const kinds = examples.filter((example, index) => examples.findIndex((one) => shapeOf(one) === shapeOf(example)) === index);
  const absent = kinds.flatMap((example) => {
    const nearest = actual.map((entry) => differ(entry, example, [], `${path}[]`, mayBeNull));
    return nearest.length === 0 ? [`${path} is empty`] : least(nearest);
  });
  return [...new Set([...unlike, ...absent])];
}

const shapeOf = (value: any): string => (typeOf(value) === 'object' ? Object.keys(value).join() : typeOf(value));
