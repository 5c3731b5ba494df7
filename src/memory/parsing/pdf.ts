import { getDocumentProxy } from 'unpdf';
import { oneLine, type Block } from './blocks.js';
import { lineBlocks, linesOf, usualHeight, withoutRepeated, type Line } from './pdfLines.js';
import { UnreadableDocument } from './unreadable.js';

const mostPages = 5000;

/** A PDF with the page of each block. A scan holds no text and comes out empty. */
export async function readPdf(bytes: Buffer): Promise<Block[]> {
  const pdf = await open(bytes);
  if (pdf.numPages > mostPages) {
    throw new UnreadableDocument('too large', `The PDF has ${pdf.numPages} pages; at most ${mostPages} can be read.`);
  }
  const pages: Line[][] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    pages.push(linesOf((await page.getTextContent()).items));
    page.cleanup();
  }
  const usual = usualHeight(pages.flat());
  const blocks: Block[] = [];
  withoutRepeated(pages).forEach((lines, index) => append(blocks, lineBlocks(lines, usual, index + 1)));
  return blocks;
}

async function open(bytes: Buffer): ReturnType<typeof getDocumentProxy> {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), { isEvalSupported: false, verbosity: 0, maxImageSize: 1 });
  } catch (error) {
    if ((error as Error).name === 'PasswordException') {
      throw new UnreadableDocument('unsupported', 'The PDF is protected by a password; save it without one.');
    }
    throw new UnreadableDocument('damaged', 'The PDF is damaged and cannot be read.');
  }
}

/** A sentence that goes on over the page belongs where it began. */
function append(blocks: Block[], next: Block[]): void {
  const last = blocks.at(-1);
  const [first] = next;
  if (last?.kind === 'paragraph' && first?.kind === 'paragraph' && !/[.!?:;]["”)]?$/.test(last.text) && /^\p{Ll}/u.test(first.text)) {
    last.text = oneLine(`${last.text} ${first.text}`);
    next.shift();
  }
  blocks.push(...next);
}
