/** What the worker reads of a table file, ready to be shown. */
export interface SheetCell {
  /** As the file wants it written: with its currency, its decimals, its date. */
  text: string;
  isNumber?: true;
  /** Columns and rows that it stretches over. */
  span?: [columns: number, rows: number];
  /** The colour of its ground, such as `#DDEBF7`. */
  fill?: string;
  /** Whether a light text belongs on the ground. */
  isDark?: true;
}

export interface Sheet {
  name: string;
  /** Widths in CSS pixels. */
  widths: number[];
  /** null where a cell is covered by a wider one. */
  rows: (SheetCell | null)[][];
  /** Whether the file has more rows or columns than these. */
  isCut: boolean;
}

export type SheetsAnswer = { sheets: Sheet[] } | { error: string };

/** A file that takes longer is none that people can look at. */
const longest = 20_000;

/** Reads a workbook or CSV aside, so that the page stays quick whatever is in it. */
export function readSheets(bytes: ArrayBuffer, name: string, signal: AbortSignal): Promise<Sheet[]> {
  const worker = new Worker(new URL('./sheets.worker.ts', import.meta.url), { type: 'module' });
  const answer = new Promise<Sheet[]>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<SheetsAnswer>) => ('sheets' in data ? resolve(data.sheets) : reject(new Error(data.error)));
    worker.onerror = reject;
    AbortSignal.any([signal, AbortSignal.timeout(longest)]).addEventListener('abort', reject);
  });
  worker.postMessage({ bytes, name }, [bytes]);
  return answer.finally(() => worker.terminate());
}
