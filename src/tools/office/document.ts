import {
  AlignmentType, BorderStyle, Document, Footer, HeadingLevel, LevelFormat, LineRuleType, Packer, PageNumber, Paragraph as DocxParagraph,
  ShadingType, TabStopType, Table as DocxTable, TableCell, TableLayoutType, TableRow, TextRun, WidthType,
} from 'docx';
import type { DocumentInput, Rendered, TableInput } from './content.js';
import { boldRuns, plainText } from './paragraphs.js';
import type { Paragraph } from './paragraphs.js';
import { documentBlocks } from './sections.js';
import type { Block } from './sections.js';
import { fitTable, normalTable } from './tables.js';
import { colours, officeFont } from './theme.js';

/** Sets a Word document: A4, real heading styles, lists that Word knows as lists, tables whose header repeats, numbered pages. */

/** Twentieths of a point, Word's unit. */
const twips = (points: number) => Math.round(points * 20);
const page = { width: 595.3, height: 841.9, margin: 68 };
const textWidth = page.width - 2 * page.margin;
const cellPadding = 5;
const bulletSigns = ['•', '–', '▪'];
const headingLevels = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 };

/** Height of a line as a multiple of its natural height. */
const lines = (multiple: number) => ({ line: Math.round(240 * multiple), lineRule: LineRuleType.AUTO });

const heading = (size: number, before: number, after: number) => ({
  run: { font: officeFont, size: size * 2, bold: true, color: colours.primary },
  paragraph: { spacing: { before: twips(before), after: twips(after), ...lines(1.1) }, keepNext: true },
});

const styles = {
  // Named, because a field takes its look from the paragraph's style.
  paragraphStyles: [{ id: 'Footer', name: 'footer', basedOn: 'Normal', run: { size: 17, color: colours.muted } }],
  default: {
    document: { run: { font: officeFont, size: 21, color: colours.ink }, paragraph: { spacing: { after: twips(7), ...lines(1.2) } } },
    title: { run: { font: officeFont, size: 52, bold: true, color: colours.primary }, paragraph: { spacing: { after: twips(4), ...lines(1) } } },
    heading1: heading(16, 18, 6),
    heading2: heading(13, 14, 4),
    heading3: heading(11.5, 10, 3),
    listParagraph: { run: { font: officeFont } },
  },
};

function numbering(lists: number) {
  const indentAt = (level: number) => ({ paragraph: { indent: { left: twips(18 * (level + 1)), hanging: twips(18) } } });
  const levels = (format: (level: number) => { format: (typeof LevelFormat)[keyof typeof LevelFormat]; text: string }) =>
    [0, 1, 2].map((level) => ({ level, alignment: AlignmentType.LEFT, style: indentAt(level), ...format(level) }));
  return {
    config: [
      { reference: 'bullets', levels: levels((level) => ({ format: LevelFormat.BULLET, text: bulletSigns[level] })) },
      // Each numbered list counts for itself.
      ...Array.from({ length: lists }, (_, list) => ({ reference: `numbers-${list}`, levels: levels((level) => ({ format: LevelFormat.DECIMAL, text: `%${level + 1}.` })) })),
    ],
  };
}

const runsOf = (text: string) => boldRuns(text).map((run) => new TextRun({ text: run.text, bold: run.bold || undefined }));

function setParagraph(paragraph: Paragraph, list: number): DocxParagraph {
  const children = runsOf(paragraph.text);
  if (paragraph.kind === 'text') return new DocxParagraph({ children });
  const reference = paragraph.kind === 'bullet' ? 'bullets' : `numbers-${list}`;
  return new DocxParagraph({ children, numbering: { reference, level: paragraph.level }, spacing: { after: twips(3) } });
}

function setTable(input: TableInput): DocxTable {
  const table = normalTable(input);
  const fitted = fitTable(table, textWidth, [10, 9, 8, 7, 6.5], cellPadding);
  const widths = fitted.widths.map(twips);
  const line = { style: BorderStyle.SINGLE, size: 4, color: colours.line };
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
  const cell = (text: string, column: number, header: boolean, striped: boolean) => new TableCell({
    width: { size: widths[column], type: WidthType.DXA },
    margins: { top: twips(3), bottom: twips(3), left: twips(cellPadding), right: twips(cellPadding) },
    shading: header || striped ? { type: ShadingType.CLEAR, color: 'auto', fill: header ? colours.primary : colours.stripe } : undefined,
    children: [new DocxParagraph({
      alignment: table.numeric[column] ? AlignmentType.RIGHT : AlignmentType.LEFT,
      spacing: { after: 0, ...lines(1.05) },
      children: [new TextRun({ text, size: fitted.size * 2, bold: header || undefined, color: header ? colours.paper : undefined })],
    })],
  });
  const row = (cells: string[], header: boolean, striped: boolean) =>
    new TableRow({ tableHeader: header, cantSplit: true, children: cells.map((text, column) => cell(text, column, header, striped)) });
  return new DocxTable({
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: { top: none, left: none, right: none, bottom: line, insideHorizontal: line, insideVertical: none },
    rows: [...(table.headers ? [row(table.headers, true, false)] : []), ...table.rows.map((cells, index) => row(cells, false, index % 2 === 1))],
  });
}

function setBlocks(blocks: Block[]): { children: (DocxParagraph | DocxTable)[]; lists: number } {
  let lists = 0;
  const children = blocks.flatMap((block): (DocxParagraph | DocxTable)[] => {
    if (block.kind === 'heading') return [new DocxParagraph({ heading: headingLevels[block.level], children: [new TextRun(plainText(block.text))] })];
    // Word joins tables that touch, so each is followed by a small empty paragraph.
    if (block.kind === 'table') return [setTable(block.table), new DocxParagraph({ spacing: { after: twips(4), ...lines(0.5) } })];
    return block.paragraphs.map((paragraph, index) => {
      if (paragraph.kind === 'number' && paragraph.level === 0 && (index === 0 || paragraph.ordinal === 1)) lists++;
      return setParagraph(paragraph, Math.max(0, lists - 1));
    });
  });
  return { children, lists: Math.max(1, lists) };
}

function footer(title: string): Footer {
  const run = (piece: string | (typeof PageNumber)[keyof typeof PageNumber]) => new TextRun({ children: [piece] });
  const short = title.length > 70 ? `${title.slice(0, 70).trimEnd()}…` : title;
  return new Footer({
    children: [new DocxParagraph({
      style: 'Footer',
      tabStops: [{ type: TabStopType.RIGHT, position: twips(textWidth) }],
      children: [run(`${short}\tPage `), run(PageNumber.CURRENT), run(' of '), run(PageNumber.TOTAL_PAGES)],
    })],
  });
}

/** The bytes of a .docx and how many sections, tables and words it has. Throws ToolError for an empty section. */
export async function renderDocument(input: DocumentInput): Promise<Rendered> {
  const title = plainText(input.title.replace(/\s+/g, ' ').trim());
  const blocks = documentBlocks(input);
  const { children, lists } = setBlocks(blocks);
  const head = [
    new DocxParagraph({ heading: HeadingLevel.TITLE, children: [new TextRun(title)] }),
    new DocxParagraph({
      spacing: { after: twips(14) },
      border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: colours.accent, space: 6 } },
      children: input.subtitle ? [new TextRun({ text: plainText(input.subtitle), size: 24, color: colours.muted })] : [],
    }),
  ];
  const margin = twips(page.margin);
  const document = new Document({
    title, creator: 'Persona Platform', styles, numbering: numbering(lists),
    sections: [{
      properties: { page: { size: { width: twips(page.width), height: twips(page.height) }, margin: { top: margin, bottom: margin, left: margin, right: margin } } },
      footers: { default: footer(title) },
      children: [...head, ...children],
    }],
  });
  const words = blocks.flatMap((block) => (block.kind === 'paragraphs' ? block.paragraphs.map((one) => one.text) : [])).join(' ').split(/\s+/).filter(Boolean).length;
  return {
    bytes: new Uint8Array(await Packer.toBuffer(document)),
    facts: { sectionCount: input.sections.length, tableCount: blocks.filter((block) => block.kind === 'table').length, wordCount: words },
  };
}
