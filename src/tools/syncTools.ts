import { isDeepStrictEqual } from 'node:util';
import { databaseInfo, knex, transaction } from '../db.js';
import { embed } from '../embeddings/embeddings.js';
import { toolText } from '../embeddings/toolRanking.js';
import { toVectorValue } from '../embeddings/vectorColumn.js';
import { builtinTools } from './registry.js';
import type { Tool } from './tool.js';
import { ToolRow } from './tool.model.js';

/**
 * Brings the tools table to what the registry says: writes rows that are new or changed, deletes those of tools that
 * are gone. A row whose embedded text changed loses its vector; the next search gives it one, so that a start in which
 * nothing changed does not load the model.
 */
export async function syncTools(tools: readonly Tool[] = builtinTools): Promise<void> {
  await transaction(async (trx) => {
    const rows = new Map((await ToolRow.query(trx).where({ is_builtin: true })).map((row) => [row.name, row]));
    for (const tool of tools) {
      const row = rows.get(tool.name);
      const wanted = rowOf(tool);
      if (!row) await ToolRow.query(trx).insert(wanted).onConflict('name').merge();
      else if (differs(row, wanted)) await row.$query(trx).patch({ ...wanted, ...(row.embeddedText !== toolText(tool) && noVector) });
    }
    await ToolRow.query(trx).delete().where({ is_builtin: true }).whereNotIn('name', tools.map(({ name }) => name));
  });
  allEmbedded = undefined;
}

const noVector = { embedding: null, embeddedText: null };

const rowOf = ({ name, description, category, parameters, configSchema }: Tool) => ({
  name,
  description,
  category,
  // As it will come back: without what JSON cannot hold.
  schema: JSON.parse(JSON.stringify({ name, description, parameters })) as ToolRow['schema'],
  configSchema: configSchema ? (JSON.parse(JSON.stringify(configSchema)) as ToolRow['schema']) : null,
  codeType: 'builtin',
  isBuiltin: true,
});

const differs = (row: ToolRow, wanted: ReturnType<typeof rowOf>) =>
  Object.entries(wanted).some(([field, value]) => !isDeepStrictEqual((row as unknown as Record<string, unknown>)[field], value));

let allEmbedded: Promise<void> | undefined;

/** Gives every tool a vector that has none; the work is done once, and again after a failure. */
export function embedTools(): Promise<void> {
  allEmbedded ??= embedMissing().catch((error: unknown) => {
    allEmbedded = undefined;
    throw error;
  });
  return allEmbedded;
}

async function embedMissing(): Promise<void> {
  const rows = await ToolRow.query().select('id', 'name', 'description').whereNull('embedding');
  if (rows.length === 0) return;
  const texts = rows.map(toolText);
  const vectors = await embed(texts);
  const { hasVector } = databaseInfo();
  await Promise.all(
    rows.map(({ id }, index) =>
      knex()('tools').where({ id }).update({ embedding: toVectorValue(vectors[index]!, hasVector), embedded_text: texts[index] }),
    ),
  );
}
