import { ToolError } from '../tool.js';
import type { ToolContext, ToolResult } from '../tool.js';
import { render } from './render.js';
import type { RenderJob } from './render.js';

const longestSlug = 60;

/** Letters that do not fall apart into a base letter and an accent. */
const plainLetters: Record<string, string> = { ł: 'l', ø: 'o', ß: 'ss', æ: 'ae', œ: 'oe', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** A title as a file name: lower-case ASCII letters, digits and hyphens, at most 60; `fallback` when nothing is left. */
export function slugOf(title: string, fallback: string): string {
  const slug = title.toLowerCase().normalize('NFKD').replace(/[łøßæœđðþı]/g, (letter) => plainLetters[letter])
    .replace(/[\u0300-\u036f'’]/g, '').replace(/[^a-z0-9]+/g, '-').slice(0, longestSlug).replace(/^-+|-+$/g, '');
  return slug || fallback;
}

/** The name asked for with the right ending, or one made from the title. Throws ToolError for a name with a folder in it. */
export function fileNameFor(asked: string | undefined, title: string, fallback: string, extension: string): string {
  const name = asked?.trim();
  if (!name) return `${slugOf(title, fallback)}.${extension}`;
  if (/[/\\]/.test(name) || name.startsWith('.')) throw new ToolError('fileName must be a plain name without folders, such as report.');
  return name.toLowerCase().endsWith(`.${extension}`) ? name : `${name}.${extension}`;
}

/** Throws ToolError when the persona's `maxFileSize` (bytes) is exceeded. */
export function checkFileSize(size: number, config: Record<string, unknown>): void {
  const limit = config.maxFileSize;
  if (typeof limit === 'number' && size > limit) throw new ToolError(`File size exceeds limit: ${size} bytes, at most ${limit} are allowed.`);
}

/** Renders, checks the size and writes; the output holds `filePath`, `fileSize` and what the renderer tells. */
export async function makeFile(context: ToolContext, fileName: string, kind: RenderJob['kind'], input: unknown): Promise<ToolResult> {
  const { bytes, facts } = await render(kind, input, context.signal);
  checkFileSize(bytes.length, context.config);
  context.signal.throwIfAborted();
  const filePath = await context.workspace.write(fileName, bytes);
  return { output: { filePath, fileSize: bytes.length, ...facts }, artifacts: [filePath] };
}
