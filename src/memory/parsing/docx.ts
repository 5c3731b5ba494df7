import mammoth from 'mammoth';
import type { Block } from './blocks.js';
import { readHtml } from './html.js';

const options = {
  styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"],
  // Pictures are not read, and would be carried along as text.
  convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
};

/** A Word document, with its headings, lists and tables. Its sizes have been checked. */
export async function readDocx(bytes: Buffer): Promise<Block[]> {
  const { value } = await mammoth.convertToHtml({ buffer: bytes }, options);
  return readHtml(value);
}
