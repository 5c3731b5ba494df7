import { tableOf, type Block } from './blocks.js';
import { readPlainText } from './plainText.js';

/** JSON as people would write it down: objects are sections, lists of like objects tables, all else lines of name and value. */
export function readJson(text: string): Block[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // What only begins like JSON is text.
    return readPlainText(text);
  }
  const blocks: Block[] = [];
  write(value, '', 1, blocks);
  return blocks;
}

type Scalar = string | number | boolean | null;
const isScalar = (value: unknown): value is Scalar => typeof value !== 'object' || value === null;

function write(value: unknown, name: string, level: number, blocks: Block[]): void {
  if (isScalar(value)) line(name ? `${name}: ${value}` : String(value), blocks);
  else if (Array.isArray(value)) writeList(value, name, level, blocks);
  else {
    if (name) blocks.push({ kind: 'heading', level, text: name });
    const entries = Object.entries(value as object).sort(([, one], [, other]) => Number(!isScalar(one)) - Number(!isScalar(other)));
    for (const [key, inner] of entries) write(inner, key, name ? level + 1 : level, blocks);
  }
}

function writeList(list: unknown[], name: string, level: number, blocks: Block[]): void {
  if (list.every(isScalar)) {
    if (list.length > 0) line(`${name ? `${name}: ` : ''}${list.join(', ')}`, blocks);
  } else if (list.every((entry) => !isScalar(entry) && !Array.isArray(entry) && Object.values(entry as object).every(isShort))) {
    if (name) blocks.push({ kind: 'heading', level, text: name });
    const columns = [...new Set(list.flatMap((entry) => Object.keys(entry as object)))];
    const rows = list.map((entry) => columns.map((column) => cell((entry as Record<string, unknown>)[column])));
    const table = tableOf([columns, ...rows], true);
    if (table) blocks.push(table);
  } else list.forEach((entry, index) => write(entry, `${name} ${index + 1}`.trim(), level, blocks));
}

/** What fits into a cell. */
const isShort = (value: unknown) => (isScalar(value) ? String(value).length <= 400 : Array.isArray(value) && value.every(isScalar) && value.length <= 20);

const cell = (value: unknown): string => (value == null ? '' : Array.isArray(value) ? value.join(', ') : String(value));

/** Lines that follow each other are one paragraph. */
function line(text: string, blocks: Block[]): void {
  const last = blocks.at(-1);
  if (last?.kind === 'paragraph') last.text += `\n${text}`;
  else blocks.push({ kind: 'paragraph', text });
}
