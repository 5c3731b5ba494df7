import type { JsonSchema } from '../../provider.js';
import { workspacePath } from './files.js';
import type { Made, Material } from './made.js';

/** Fills the required arguments of a tool nobody here knows, by the names of its fields; says so when one is not obvious. */
export function genericArguments(material: Material): Made {
  const { properties = {}, required = [] } = material.parameters as { properties?: Record<string, JsonSchema>; required?: string[] };
  const made: Record<string, unknown> = {};
  for (const name of required) {
    const value = valueFor(name, properties[name] ?? {}, material);
    if (value === null) return { problem: `its field "${name}" does not follow from the request` };
    made[name] = value;
  }
  for (const name of Object.keys(properties)) {
    if (/^(?:attachments?|files)$/i.test(name) && !(name in made) && material.made.length && properties[name].type === 'array') made[name] = material.made;
  }
  return { arguments: made };
}

function valueFor(name: string, schema: JsonSchema, material: Material): unknown {
  const { clause, request } = material;
  if (Array.isArray(schema.enum)) return schema.enum.find((one) => new RegExp(`\\b${String(one).replace(/\W/g, '\\$&')}\\b`, 'i').test(clause)) ?? schema.default ?? null;
  if (schema.default !== undefined) return schema.default;
  if (schema.type === 'number' || schema.type === 'integer') return numberIn(clause, schema.type === 'integer');
  if (schema.type === 'array' && /^(?:to|recipients?)$/i.test(name)) return addresses(clause);
  if (schema.type !== 'string') return null;
  return stringFor(name.toLowerCase(), clause, material) || (request.material && /^(?:text|content|body|input|message)$/.test(name) ? request.material : null);
}

function stringFor(name: string, clause: string, { request, outline, action, made }: Material): string | null {
  if (/url|link|address$/.test(name)) return /https?:\/\/\S+[^\s.,;)]|\bwww\.\S+/.exec(clause)?.[0] ?? null;
  if (/path|file/.test(name)) return action?.file ? workspacePath(action.file) : (/(?:\/workspace\/)?[\w.-]+\.\w{2,5}\b/.exec(clause)?.map(workspacePath)[0] ?? null);
  if (/^(?:to|recipient|e-?mail)/.test(name)) return addresses(clause)?.join(', ') ?? null;
  if (/query|search|^q$|question|topic|keyword|prompt/.test(name)) return request.topic.subject || plainClause(clause) || null;
  if (/subject|title/.test(name)) return request.topic.subject ? outline.title : request.deliverables.length ? outline.title : null;
  if (/expression|formula/.test(name)) return /[\d(][\d\s.,()+*/^%-]*[\d)%]/.exec(clause)?.[0].trim() ?? null;
  if (/body|message|text|content/.test(name)) return request.material || (made.length ? `Please find attached: ${made.map((path) => path.split('/').at(-1)).join(', ')}.` : null);
  return null;
}

const addresses = (text: string): string[] | null => text.match(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g);

const numberIn = (text: string, whole: boolean): number | null => {
  const value = Number(/-?\d+(?:\.\d+)?/.exec(text)?.[0] ?? Number.NaN);
  return Number.isNaN(value) || (whole && !Number.isInteger(value)) ? null : value;
};

const plainClause = (clause: string): string => clause.replace(/^(?:please|can you|could you|search|find|look up|look for|show|tell|give|me|for|the|about|what|is|are|do|you|know|on|\s)+\b/i, '').replace(/[?.!]+$/, '').trim();
