import type { TaskKind } from '../tasks.js';
import { chartArguments } from './chart.js';
import { timeArguments } from './currentTime.js';
import { documentArguments, pdfArguments } from './document.js';
import { listArguments, readArguments, writeArguments } from './files.js';
import { genericArguments } from './generic.js';
import { fit, type Made, type Material } from './made.js';
import { powerpointArguments } from './powerpoint.js';
import { spreadsheetArguments } from './spreadsheet.js';

export type { Made, Material } from './made.js';

const queryArguments = ({ request, clause, action }: Material): Made => ({ arguments: { query: ((action && request.topic.subject) || clause || request.instruction).slice(0, 300) } });

const makers: Record<TaskKind, (material: Material) => Made> = {
  powerpoint: powerpointArguments,
  document: documentArguments,
  spreadsheet: spreadsheetArguments,
  pdf: pdfArguments,
  chart: chartArguments,
  read: readArguments,
  write: writeArguments,
  list: listArguments,
  time: timeArguments,
  memory: queryArguments,
  search: queryArguments,
  email: genericArguments,
  other: genericArguments,
};

/** Arguments for a task's tool, cut to what its schema knows. */
export function makeArguments(kind: TaskKind, material: Material): Made {
  const made = makers[kind](material);
  return 'problem' in made ? made : { arguments: fit(made.arguments, material.parameters) as Record<string, unknown> };
}
