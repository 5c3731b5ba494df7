import { t } from '../../texts';
import { formatNumber } from '../../texts/format';

/** The part of JSON Schema that schemas of tools are made of. */
interface Schema {
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
}

/** A field of an object, as people read it. */
export interface SchemaField {
  name: string;
  kind: 'text' | 'number' | 'boolean' | 'choice' | 'lines' | 'other';
  /** What goes in, and its limits: "whole number, at least 1". */
  type: string;
  isRequired: boolean;
  description: string;
  choices: string[];
  /** What holds when a yes or no is not set. */
  isOnByDefault: boolean;
  /** The fields of an object, or of each entry of a list. */
  fields: SchemaField[];
}

/** The fields of an object that a schema describes, those that are needed first; none for another schema. */
export function fieldsOfSchema(given: Record<string, unknown> | null | undefined): SchemaField[] {
  const { properties = {}, required = [] } = (given ?? {}) as Schema;
  const fields = Object.entries(properties).map(([name, schema]): SchemaField => ({
    name,
    kind: kindOf(schema),
    type: [typeText(schema), ...limitsOf(schema)].join(', '),
    isRequired: required.includes(name),
    description: schema.description ?? '',
    choices: (schema.enum ?? []).map(String),
    isOnByDefault: schema.default === true,
    fields: fieldsOfSchema((schema.items ?? schema) as Record<string, unknown>),
  }));
  return fields.sort((a, b) => Number(b.isRequired) - Number(a.isRequired));
}

function kindOf({ type, enum: choices, items }: Schema): SchemaField['kind'] {
  if (choices?.every((choice) => typeof choice === 'string')) return 'choice';
  if (type === 'string') return 'text';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'boolean') return 'boolean';
  return type === 'array' && items?.type === 'string' && !items.enum ? 'lines' : 'other';
}

function typeText({ type, enum: choices, anyOf, oneOf, items }: Schema): string {
  if (choices) return t.toolDetails.oneOf(choices.map(String));
  const forms = anyOf ?? oneOf;
  if (forms) return [...new Set(forms.map(typeText))].join(' / ');
  if (type === 'array' && items) return t.toolDetails.listOf(typeText(items));
  const names = [type ?? []].flat().map((name) => t.toolDetails.type[name] ?? name);
  return names.join(' / ') || t.toolDetails.anything;
}

/** A limit that is far away interests nobody. */
const farAway = 10_000;

function limitsOf({ minimum, maximum, maxLength, maxItems }: Schema): string[] {
  const { atLeast, atMost, characters, entries } = t.toolDetails;
  return [
    minimum === undefined ? '' : atLeast(formatNumber(minimum)),
    maximum === undefined ? '' : atMost(formatNumber(maximum)),
    maxLength === undefined || maxLength > farAway ? '' : atMost(characters(formatNumber(maxLength))),
    maxItems === undefined ? '' : atMost(entries(formatNumber(maxItems))),
  ].filter(Boolean);
}
