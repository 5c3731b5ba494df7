import { Ajv } from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';
import type { JsonSchema } from '../providers/provider.js';

export interface ArgumentProblem {
  /** Where: `slides[2].title`, or the empty string for the arguments as a whole. */
  path: string;
  /** One sentence a model can act on. */
  message: string;
}

/** More would not help a model, and a large table can break its schema in every cell. */
const maxProblems = 20;

// Not strict: schemas of tools from elsewhere may hold annotations that Ajv does not know.
const ajv = new Ajv({ allErrors: true, strict: false, verbose: true });
addFormatsModule.default(ajv);

const compiled = new WeakMap<JsonSchema, ValidateFunction>();

function validatorOf(schema: JsonSchema): ValidateFunction {
  let validate = compiled.get(schema);
  if (!validate) {
    validate = ajv.compile(schema);
    compiled.set(schema, validate);
  }
  return validate;
}

/** `/slides/2/title` → `slides[2].title`. */
function readable(pointer: string): string {
  return pointer.split('/').slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path ? `${path}.${part}` : part), '');
}

const kindOf = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `the ${typeof value} ${JSON.stringify(value)?.slice(0, 60)}`);
const listed = (names: unknown[]) => names.map((name) => JSON.stringify(name)).join(', ');
const article = (type: string) => (type === 'null' ? 'null' : /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

function sentence(error: ErrorObject, name: string): string {
  const { params, data } = error;
  switch (error.keyword) {
    case 'required': return `${name ? `${name}.` : ''}${params.missingProperty} is missing.`;
    case 'additionalProperties': {
      const known = Object.keys((error.parentSchema?.properties as object) ?? {});
      return `${name ? `${name}.` : ''}${params.additionalProperty} is not known; allowed are: ${known.join(', ') || 'none'}.`;
    }
    case 'type': {
      const hint = data === null ? ' Leave it out instead.' : '';
      return `${name || 'The arguments'} must be ${[params.type].flat().map(article).join(' or ')}, not ${kindOf(data)}.${hint}`;
    }
    case 'enum': return `${name} must be one of ${listed(params.allowedValues)}, not ${JSON.stringify(data)?.slice(0, 60)}.`;
    case 'minItems': return `${name} needs at least ${params.limit} ${params.limit === 1 ? 'entry' : 'entries'}.`;
    case 'maxItems': return `${name} has ${(data as unknown[]).length} entries; at most ${params.limit} are allowed.`;
    case 'minLength': return params.limit === 1 ? `${name} may not be empty.` : `${name} needs at least ${params.limit} characters.`;
    case 'maxLength': return `${name} has ${[...String(data)].length} characters; at most ${params.limit} are allowed.`;
    default: return `${name || 'The arguments'} ${error.message ?? 'is not valid'}.`;
  }
}

/**
 * Checks a value against a JSON Schema, compiled once per schema object. Nothing is coerced or changed: "5" for 5 is a problem.
 * Returns an empty list when all is well, and at most 20 problems. Throws when the schema itself cannot be compiled.
 */
export function validateArguments(schema: JsonSchema, value: unknown): ArgumentProblem[] {
  const validate = validatorOf(schema);
  if (validate(value)) return [];
  return (validate.errors ?? []).slice(0, maxProblems).map((error) => {
    const path = readable(error.instancePath);
    const own = error.keyword === 'required' ? error.params.missingProperty : error.keyword === 'additionalProperties' ? error.params.additionalProperty : null;
    return { path: own ? (path ? `${path}.${own}` : own) : path, message: sentence(error, path) };
  });
}
