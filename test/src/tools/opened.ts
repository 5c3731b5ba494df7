import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { promisify } from 'node:util';

/** Opens office files with LibreOffice and poppler, so that a test sees what people will. */

const execute = promisify(execFile);

export interface Word { text: string; xMin: number; yMin: number; xMax: number; yMax: number }
export interface Page { width: number; height: number; words: Word[] }

/** The words of each page of a PDF with their boxes, in points from the upper left. */
export async function pagesOf(pdf: string): Promise<Page[]> {
  const { stdout } = await execute('pdftotext', ['-bbox', pdf, '-'], { maxBuffer: 64 * 1024 * 1024 });
  const decode = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  return [...stdout.matchAll(/<page width="([\d.]+)" height="([\d.]+)">([\s\S]*?)<\/page>/g)].map(([, width, height, body]) => ({
    width: Number(width), height: Number(height),
    words: [...body.matchAll(/<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/word>/g)]
      .map(([, xMin, yMin, xMax, yMax, text]) => ({ text: decode(text), xMin: Number(xMin), yMin: Number(yMin), xMax: Number(xMax), yMax: Number(yMax) })),
  }));
}

/** The text of a page in reading order. */
export const textOf = (page: Page): string => page.words.map((word) => word.text).join(' ');

/** What LibreOffice makes of an office file. */
export async function openInLibreOffice(file: string): Promise<Page[]> {
  const folder = await mkdtemp(join(tmpdir(), 'opened-'));
  try {
    // A profile of its own, so that it disturbs and is disturbed by no other.
    await execute('soffice', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'pdf', '--outdir', folder, file]);
    return await pagesOf(join(folder, `${basename(file, extname(file))}.pdf`));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Words that lie outside the page, or between `from` and `to` (points from the top) when given. */
export const strayWords = (page: Page, from = page.height, to = page.height): string[] =>
  page.words.filter((word) => word.xMin < 0 || word.yMin < 0 || word.xMax > page.width || word.yMax > page.height || (word.yMax > from && word.yMin < to)).map((word) => word.text);

/** How dark each page is on average, 0 to 255: 255 is an empty one. */
export async function brightness(pdf: string): Promise<number[]> {
  const { stdout } = await execute('pdftoppm', ['-r', '20', '-gray', pdf], { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 });
  const found: number[] = [];
  for (let at = 0; at < stdout.length;) {
    const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(stdout.subarray(at, at + 40).toString('latin1'));
    if (!header) break;
    const size = Number(header[1]) * Number(header[2]);
    const pixels = stdout.subarray(at + header[0].length, at + header[0].length + size);
    found.push(pixels.reduce((sum, value) => sum + value, 0) / size);
    at += header[0].length + size;
  }
  return found;
}
