import markdownIt from 'markdown-it';
import type { Block } from './blocks.js';
import { readHtml } from './html.js';

const renderer = markdownIt({ html: true });

/** Markdown with tables, by way of the HTML it stands for. What stands before it between lines of --- is a paragraph. */
export function readMarkdown(given: string): Block[] {
  const text = given.replaceAll('\r\n', '\n');
  const [whole = '', settings] = /^---\n([^]*?)\n---\n/.exec(text) ?? [];
  const blocks = readHtml(renderer.render(text.slice(whole.length)));
  return settings ? [{ kind: 'paragraph', text: settings }, ...blocks] : blocks;
}
