import pdfmake from 'pdfmake';
import { ToolError } from '../tool.js';
import type { PdfInput, Rendered, TableInput } from './content.js';
import { dejavuFile, robotoFile, wrapText } from './measure.js';
import { boldRuns, plainText } from './paragraphs.js';
import type { Paragraph } from './paragraphs.js';
import { FontChooser } from './pdfText.js';
import { documentBlocks } from './sections.js';
import type { Block } from './sections.js';
import { fitTable, normalTable } from './tables.js';
import { colours } from './theme.js';

/** Sets a PDF on A4 with embedded fonts. All lengths in points. */

const [regular, medium, italic, mediumItalic] = (['Regular', 'Medium', 'Italic', 'MediumItalic'] as const).map(robotoFile);
const [dejavu, dejavuBold] = (['DejaVuSans', 'DejaVuSans-Bold'] as const).map(dejavuFile);

pdfmake.setFonts({
  Roboto: { normal: regular, bold: medium, italics: italic, bolditalics: mediumItalic },
  DejaVu: { normal: dejavu, bold: dejavuBold, italics: dejavu, bolditalics: dejavuBold },
});
// Nothing but the fonts is ever read, and nothing fetched.
const fontFiles = [regular, medium, italic, mediumItalic, dejavu, dejavuBold];
pdfmake.setLocalAccessPolicy((path) => fontFiles.includes(path));
pdfmake.setUrlAccessPolicy(() => false);

const pageWidth = 595.28;
const hash = (colour: string) => `#${colour}`;
/** How far a page that has to be the only one is made smaller, step by step. */
const scales = [1, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64];
const cellPadding = 5;

/** One way to set the document: everything grows and shrinks with `scale`. */
class Layout {
  readonly margin: number;

  constructor(readonly scale: number, readonly chooser: FontChooser) {
    this.margin = 60 * Math.max(0.7, scale);
  }

  size(points: number): number {
    return Math.round(points * this.scale * 10) / 10;
  }

  text(text: string, bold = false): object[] {
    return this.chooser.runs(text).map((run) => ({ text: run.text, font: run.font, bold: bold || undefined }));
  }

  marked(text: string): object[] {
    return boldRuns(text).flatMap((run) => this.text(run.text, run.bold));
  }

  heading(level: 1 | 2 | 3, text: string): object {
    const [points, before] = [[16, 16], [13, 12], [11.5, 9]][level - 1];
    return {
      text: this.text(plainText(text)), bold: true, fontSize: this.size(points), color: hash(colours.primary),
      margin: [0, this.size(before), 0, this.size(5)], headlineLevel: level,
    };
  }

  paragraph(paragraph: Paragraph, last: boolean): object {
    const text = { text: this.marked(paragraph.text), fontSize: this.size(10.5), lineHeight: 1.25 };
    if (paragraph.kind === 'text') return { ...text, margin: [0, 0, 0, this.size(6)] };
    const sign = paragraph.kind === 'number' ? `${paragraph.ordinal}.` : ['•', '–', '•'][paragraph.level];
    // DejaVu's bullet is the rounder one.
    const mark = paragraph.kind === 'number' ? { text: sign, bold: true } : { text: sign, font: 'DejaVu' };
    const width = this.size(paragraph.kind === 'number' && paragraph.ordinal! > 99 ? 24 : 16);
    return {
      columns: [{ width, ...mark, fontSize: this.size(10.5), lineHeight: 1.25, color: hash(colours.accent) }, { ...text, width: '*' }],
      margin: [this.size(16 * paragraph.level + 2), 0, 0, this.size(last ? 8 : 3)],
    };
  }

  table(input: TableInput): object {
    const table = normalTable(input);
    const sizes = [9.5, 8.5, 7.5, 6.5].map((points) => this.size(points));
    const { size, widths } = fitTable(table, pageWidth - 2 * this.margin, sizes, cellPadding);
    const cell = (text: string, column: number, header: boolean) => ({
      // Broken here and not by the library, which lets a word that is wider than its column run over.
      text: this.text(wrapText(text, widths[column] - 2 * cellPadding, size, header).join('\n'), header), fontSize: size,
      alignment: table.numeric[column] ? 'right' : 'left', color: hash(header ? colours.paper : colours.ink),
    });
    const body = [...(table.headers ? [table.headers.map((text, column) => cell(text, column, true))] : []),
      ...table.rows.map((row) => row.map((text, column) => cell(text, column, false)))];
    const headerRows = table.headers ? 1 : 0;
    return {
      table: { headerRows, keepWithHeaderRows: headerRows, dontBreakRows: true, widths: widths.map((width) => width - 2 * cellPadding), body },
      layout: {
        hLineWidth: (line: number) => (line === 0 ? 0 : 0.5), vLineWidth: () => 0, hLineColor: () => hash(colours.line),
        fillColor: (row: number) => (row < headerRows ? hash(colours.primary) : (row - headerRows) % 2 === 1 ? hash(colours.stripe) : null),
        paddingLeft: () => cellPadding, paddingRight: () => cellPadding, paddingTop: () => 4 * this.scale, paddingBottom: () => 4 * this.scale,
      },
      margin: [0, this.size(4), 0, this.size(10)],
    };
  }

  block(block: Block): object[] {
    if (block.kind === 'heading') return [this.heading(block.level, block.text)];
    if (block.kind === 'table') return [this.table(block.table)];
    return block.paragraphs.map((paragraph, index) => this.paragraph(paragraph, index === block.paragraphs.length - 1));
  }
}

async function setPdf(input: PdfInput, blocks: Block[], scale: number): Promise<{ bytes: Buffer; pages: number; omitted: Set<string> }> {
  const layout = new Layout(scale, new FontChooser());
  const title = plainText(input.title.replace(/\s+/g, ' ').trim());
  const width = pageWidth - 2 * layout.margin;
  const content = [
    { text: layout.text(title), bold: true, fontSize: layout.size(24), color: hash(colours.primary), margin: [0, 0, 0, layout.size(4)] },
    ...(input.subtitle ? [{ text: layout.text(plainText(input.subtitle)), fontSize: layout.size(12), color: hash(colours.muted), margin: [0, 0, 0, layout.size(4)] }] : []),
    { canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 1.5, lineColor: hash(colours.accent) }], margin: [0, layout.size(4), 0, layout.size(12)] },
    ...blocks.flatMap((block) => layout.block(block)),
  ];
  const footerText = layout.text(wrapText(title, width - 90, 8.5)[0]);
  layout.chooser.check();
  let pages = 1;
  const bytes = await pdfmake.createPdf({
    pageSize: 'A4', pageMargins: [layout.margin, layout.margin, layout.margin, layout.margin + 6],
    info: { title, creator: 'Persona Platform', producer: 'Persona Platform' },
    defaultStyle: { font: 'Roboto', color: hash(colours.ink) },
    content,
    footer: (current: number, total: number) => {
      pages = total;
      return {
        columns: [{ text: footerText, width: '*' }, { text: `Page ${current} of ${total}`, width: 80, alignment: 'right' }],
        fontSize: 8.5, color: hash(colours.muted), margin: [layout.margin, 20, layout.margin, 0],
      };
    },
    // A heading belongs with what follows it.
    pageBreakBefore: (node: { headlineLevel?: number }, nodes: { getFollowingNodesOnPage(): unknown[] }) =>
      node.headlineLevel !== undefined && nodes.getFollowingNodesOnPage().length === 0,
  }).getBuffer();
  return { bytes, pages, omitted: layout.chooser.omitted };
}

/**
 * The bytes of a .pdf and how many pages it has; with `onePage` all is made smaller until it fits on one.
 * Throws ToolError for an empty section, letters without a font, and text that cannot be made to fit one page.
 */
export async function renderPdf(input: PdfInput): Promise<Rendered> {
  const blocks = documentBlocks(input);
  for (const scale of input.onePage ? scales : [1]) {
    const { bytes, pages, omitted } = await setPdf(input, blocks, scale);
    if (input.onePage && pages > 1) continue;
    return { bytes: new Uint8Array(bytes), facts: { pageCount: pages, ...(omitted.size > 0 ? { omittedCharacters: [...omitted].join('') } : {}) } };
  }
  throw new ToolError('The content does not fit on one page even in small print; shorten it or leave onePage out.');
}
