import type { JsonSchema } from '../../providers/provider.js';

/** Pieces of JSON Schema that the office tools share. Plain keywords only, so that every provider takes them. */

const cell = { type: ['string', 'number', 'boolean', 'null'], maxLength: 2000 };

export const tableSchema: JsonSchema = {
  type: 'object',
  description: 'A table. Give numbers as numbers, not as text.',
  properties: {
    headers: { type: 'array', items: { type: 'string', maxLength: 200 }, minItems: 1, maxItems: 12 },
    rows: { type: 'array', items: { type: 'array', items: cell, minItems: 1, maxItems: 12 }, minItems: 1, maxItems: 500 },
  },
  required: ['rows'],
  additionalProperties: false,
};

export const chartProperties = {
  type: { type: 'string', enum: ['bar', 'line', 'pie'] },
  title: { type: 'string', maxLength: 200 },
  labels: { type: 'array', description: 'The categories, such as months.', items: { type: 'string', maxLength: 100 }, minItems: 1, maxItems: 60 },
  series: {
    type: 'array',
    description: 'One entry per line or group of bars, each with as many values as there are labels; a pie takes one.',
    items: {
      type: 'object',
      properties: {
        name: { type: 'string', maxLength: 100 },
        values: { type: 'array', items: { type: 'number' }, minItems: 1, maxItems: 60 },
      },
      required: ['values'],
      additionalProperties: false,
    },
    minItems: 1,
    maxItems: 8,
  },
  unit: { type: 'string', description: 'Shown after each value, such as % or €.', maxLength: 12 },
};

export const chartSchema: JsonSchema = {
  type: 'object',
  description: 'A chart.',
  properties: chartProperties,
  required: ['type', 'labels', 'series'],
  additionalProperties: false,
};

export const lines = (description: string) => ({
  type: 'array',
  description,
  items: { type: 'string', maxLength: 2000 },
  minItems: 1,
  maxItems: 100,
});

export const fileNameSchema = {
  type: 'string',
  description: 'Name of the file without folder; made from the title when left out. A file of that name is replaced.',
  minLength: 1,
  maxLength: 100,
};

/** The sections of a document or PDF. */
export const sectionsSchema: JsonSchema = {
  type: 'array',
  description: 'The parts of the document, in order. Each needs at least one of heading, content, bullets, numbered and table.',
  items: {
    type: 'object',
    properties: {
      heading: { type: 'string', maxLength: 300 },
      level: { type: 'integer', description: 'Depth of the heading, 1 when left out.', minimum: 1, maximum: 3 },
      content: { type: 'string', description: 'Paragraphs, one per line. Lines that begin with "- " become bullets. **Bold** is understood.', maxLength: 50000 },
      bullets: lines('Bullet points; two leading spaces per deeper level.'),
      numbered: lines('Steps that are numbered 1, 2, 3.'),
      table: tableSchema,
    },
    additionalProperties: false,
  },
  minItems: 1,
  maxItems: 200,
};

/** The persona's settings of every tool that writes files. */
export const fileConfigSchema: JsonSchema = {
  type: 'object',
  properties: {
    maxFileSize: { type: 'integer', description: 'The largest file the tool may write, in bytes.', minimum: 1 },
  },
  additionalProperties: false,
};
