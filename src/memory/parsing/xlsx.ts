import readXlsxFile from 'read-excel-file/node';
import { tableOf, type Block } from './blocks.js';

/** A workbook: each sheet is a section, each run of filled rows a table. Its sizes have been checked. */
export async function readXlsx(bytes: Buffer): Promise<Block[]> {
  const sheets = await readXlsxFile(bytes);
  return sheets.flatMap(({ sheet, data }) => {
    const tables = tablesIn(data.map((row) => row.map(cell)));
    return tables.length > 0 ? [{ kind: 'heading', level: 1, text: sheet } as const, ...tables] : [];
  });
}

/** Empty rows part tables. The first row names the columns when it is all words and something follows. */
function tablesIn(rows: string[][]): Block[] {
  const tables: Block[] = [];
  let run: string[][] = [];
  const end = () => {
    const isNamed = run.length > 1 && run[0]!.every((text) => text === '' || !/^[\d.,%€$£-]+$/.test(text));
    const table = tableOf(withoutEmptyColumns(run), isNamed);
    if (table) tables.push(table);
    run = [];
  };
  for (const row of rows) {
    if (row.some((text) => text !== '')) run.push(row);
    else end();
  }
  end();
  return tables;
}

function withoutEmptyColumns(rows: string[][]): string[][] {
  const used = new Set(rows.flatMap((row) => row.flatMap((text, column) => (text === '' ? [] : [column]))));
  return rows.map((row) => row.filter((_, column) => used.has(column)));
}

function cell(value: unknown): string {
  if (value == null) return '';
  if (value instanceof Date) return value.toISOString().replace('T00:00:00.000Z', '').replace('.000Z', '').replace('T', ' ');
  // Without the noise of binary fractions.
  return typeof value === 'number' ? String(Number(value.toPrecision(12))) : String(value);
}
