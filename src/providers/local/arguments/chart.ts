import { comparableColumns, comparableRows } from '../figures.js';
import { isTime, readTable, spanOf, type DataTable } from '../tables.js';
import { titleCase } from '../wording.js';
import { fileNameOf, type Made, type Material } from './made.js';

export interface ChartArguments {
  type: 'bar' | 'line' | 'pie';
  title: string;
  labels: string[];
  series: { name: string; values: number[] }[];
  unit?: string;
}

const unitNames: Record<string, string> = { $: 'USD', '£': 'GBP', '¥': 'JPY' };

/** A chart of a table: the kind that `words` ask for, else a line over time and bars for everything else. Null without numbers. */
export function chartOf(table: DataTable | null, title: string, words: string): ChartArguments | null {
  if (!table) return null;
  const numeric = comparableColumns(table).slice(0, 8);
  const rows = table.rows.slice(0, 60);
  if (!numeric.length || !rows.length) return null;
  const labels = rows.map((row) => String(row[0]).slice(0, 100));
  const series = numeric.map((index) => ({ name: (numeric.length === 1 && table.name ? table.name : table.columns[index]).slice(0, 100), values: rows.map((row) => Number(row[index])) }));
  const pieable = series.length === 1 && series[0].values.every((value) => value >= 0) && series[0].values.some((value) => value > 0);
  const wantsPie = /\b(?:pie|donut|shares?|kreis\w*)\b/i.test(words);
  const type = wantsPie && pieable ? 'pie' : /\b(?:lines?|trend|curve|linien\w*)\b/i.test(words) ? 'line' : !/\b(?:bars?|columns?|balken\w*)\b/i.test(words) && labels.length > 2 && labels.every(isTime) ? 'line' : 'bar';
  const unit = unitNames[table.unit] ?? table.unit;
  return { type, title: title.slice(0, 200), labels, series, ...(unit ? { unit } : {}) };
}

/** Arguments of `generate_chart`. The numbers come from the request or a file that was read; none are invented. */
export function chartArguments(material: Material): Made {
  const { request, outline, sources, deliverable } = material;
  const table = outline.sections.find((section) => section.table)?.table ?? sources.map((source) => readTable(source.text)).find(Boolean) ?? null;
  const title = request.topic.subject ? titleCase(request.topic.subject) : table?.name ? titleCase(table.name) : table ? titleCase(spanOf(table)) : 'Chart';
  // Who asks for a chart of different things gets one; of comparable ones first.
  const compared = table && (comparableRows(table) ?? table);
  const chart = chartOf(compared && { ...compared, name: table!.name ?? (request.topic.subject ? titleCase(request.topic.subject) : null) }, title, `${deliverable?.named ?? ''} ${request.instruction}`);
  if (!chart) return { problem: 'A chart needs numbers and I found none: give them as pairs, for example "Jan 5, Feb 8, Mar 12", or name a CSV file in the workspace' };
  return { arguments: { ...chart, ...fileNameOf(material), ...(deliverable?.fileName?.endsWith('.svg') || /\bsvg\b/i.test(request.instruction) ? { format: 'svg' } : {}) } };
}
