import { ToolError } from '../tool.js';
import type { DocumentInput, SectionInput, TableInput } from './content.js';
import { parseBullets, parseNumbered, parseText } from './paragraphs.js';
import type { Paragraph } from './paragraphs.js';

/** A document as a flat list of what is to be set, the same for Word and PDF. */
export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'paragraphs'; paragraphs: Paragraph[] }
  | { kind: 'table'; table: TableInput };

function sectionBlocks(section: SectionInput, index: number): Block[] {
  const blocks: Block[] = [];
  const heading = section.heading?.replace(/\s+/g, ' ').trim();
  if (heading) blocks.push({ kind: 'heading', level: (section.level ?? 1) as 1 | 2 | 3, text: heading });
  for (const paragraphs of [parseText(section.content ?? '', 'text'), parseBullets(section.bullets ?? []), parseNumbered(section.numbered ?? [])]) {
    const filled = paragraphs.filter((paragraph) => paragraph.text !== '');
    if (filled.length > 0) blocks.push({ kind: 'paragraphs', paragraphs: filled });
  }
  if (section.table) blocks.push({ kind: 'table', table: section.table });
  if (blocks.length === 0) throw new ToolError(`sections[${index}] is empty; give it a heading, content, bullets, numbered or a table.`);
  return blocks;
}

/** The blocks of all sections in order. Throws ToolError for an empty section. */
export const documentBlocks = (input: DocumentInput): Block[] => input.sections.flatMap(sectionBlocks);
