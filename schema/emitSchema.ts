import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { projectRoot } from '../src/root.js';
import { createSchema } from './index.js';

/** Where the printed schema is kept, for readers and for tools that make types. */
export const schemaFile = join(projectRoot, 'schema', 'schema.graphql');

/** The schema as text, sorted, with its descriptions. */
export const schemaText = () => `${printSchema(lexicographicSortSchema(createSchema()))}\n`;

/** Writes `schema/schema.graphql`. */
export const emitSchema = () => writeFileSync(schemaFile, schemaText());
