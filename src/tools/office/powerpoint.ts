import pptxgen from 'pptxgenjs';
import { decimalsOf, seriesName, showsValues } from './chartData.js';
import type { ChartInput, PowerpointInput, Rendered } from './content.js';
import { wrapText } from './measure.js';
import { plainText } from './paragraphs.js';
import type { Paragraph } from './paragraphs.js';
import { bodyBox, coverSubtitleBox, coverTitleBox, planDeck, pointsPerInch, slideSize, titleBox } from './slidePlan.js';
import type { PlannedSlide } from './slidePlan.js';
import { cellPadding } from './slideTable.js';
import { gapAfter, indentStep, sizeAt } from './slideText.js';
import { colours, officeFont, palette } from './theme.js';

/** Draws planned slides with PptxGenJS, on masters with real placeholders, so that outline view and screen readers find the titles. */

// The package's types say class, its ES module exports it as the default of a namespace.
const Presentation = pptxgen as unknown as typeof pptxgen.default;
type Presentation = InstanceType<typeof Presentation>;
type Slide = ReturnType<Presentation['addSlide']>;

const margin = titleBox.x;
const footer = { y: 6.95, h: 0.3, size: 10 };

/** Zero would be taken as "as the master has it", which is a fifth of a line. */
const noSpace = 0.01;

const placeholder = (name: string, type: 'title' | 'body', box: typeof titleBox, options: object) =>
  ({ placeholder: { options: { name, type, ...box, margin: 0, fontFace: officeFont, align: 'left', ...options }, text: '' } }) as const;

const rect = (box: { x: number; y: number; w: number; h: number }, colour: string) => ({ rect: { ...box, fill: { color: colour } } });

function defineMasters(deck: Presentation, footerText: string): void {
  const coverObjects = (band: string) => [
    rect({ x: 0, y: 0, w: 0.35, h: slideSize.h }, band),
    placeholder('title', 'title', coverTitleBox, { bold: true, color: colours.paper, valign: 'bottom' }),
    rect({ x: coverTitleBox.x, y: 4.12, w: 1.4, h: 0.06 }, colours.accent),
  ];
  const subtitle = placeholder('subtitle', 'body', coverSubtitleBox, { color: colours.pale, valign: 'top' });
  deck.defineSlideMaster({ title: 'Title', background: { color: colours.primary }, objects: [...coverObjects(colours.accent), subtitle] as never });
  deck.defineSlideMaster({ title: 'Title without subtitle', background: { color: colours.primary }, objects: coverObjects(colours.accent) as never });
  const head = [
    placeholder('title', 'title', titleBox, { bold: true, color: colours.primary, valign: 'bottom' }),
    rect({ x: margin, y: 1.42, w: 0.9, h: 0.05 }, colours.accent),
    rect({ x: margin, y: 6.85, w: titleBox.w, h: 0.01 }, colours.line),
    { text: { text: footerText, options: { x: margin, ...footer, w: 10, fontSize: footer.size, fontFace: officeFont, color: colours.muted, margin: 0, valign: 'middle' } } },
  ];
  const slideNumber = { x: margin + titleBox.w - 1, y: footer.y, w: 1, h: footer.h, fontSize: footer.size, fontFace: officeFont, color: colours.muted, align: 'right', valign: 'middle', margin: 0 } as const;
  const body = placeholder('body', 'body', bodyBox, { color: colours.ink, valign: 'top' });
  deck.defineSlideMaster({ title: 'Content', background: { color: colours.paper }, objects: [...head, body] as never, slideNumber });
  deck.defineSlideMaster({ title: 'Title only', background: { color: colours.paper }, objects: head as never, slideNumber });
}

/** Numbered paragraphs that follow one another share the number their list begins with. */
function bulletOf(paragraphs: Paragraph[], index: number, indent: number) {
  const { kind, level, ordinal = 1 } = paragraphs[index];
  if (kind === 'text') return false;
  if (kind === 'bullet') return { indent, characterCode: level === 1 ? '2013' : '2022' };
  let start = index;
  while (start > 0 && paragraphs[start - 1].kind === 'number' && paragraphs[start - 1].level === level
    && paragraphs[start - 1].ordinal === paragraphs[start].ordinal! - 1) start--;
  return { type: 'number' as const, indent, numberStartAt: paragraphs[start].ordinal ?? ordinal };
}

function drawText(slide: Slide, text: NonNullable<PlannedSlide['text']>): void {
  const runs = text.paragraphs.map((paragraph, index) => ({
    text: plainText(paragraph.text),
    options: {
      bullet: bulletOf(text.paragraphs, index, indentStep(paragraph, text.size)),
      indentLevel: paragraph.kind === 'text' ? 0 : paragraph.level,
      fontSize: sizeAt(text.size, paragraph.level),
      bold: paragraph.kind === 'text' && /^\*\*[^*]+\*\*$/.test(paragraph.text),
      color: colours.ink,
      paraSpaceBefore: noSpace,
      paraSpaceAfter: gapAfter(text.paragraphs, index, text.gap),
      breakLine: index < text.paragraphs.length - 1,
    },
  }));
  slide.addText(runs as never, { placeholder: 'body', ...text.box, margin: 0, fontFace: officeFont, valign: 'top', fit: 'none' });
}

function drawTable(slide: Slide, block: NonNullable<PlannedSlide['table']>): void {
  const { table, size } = block;
  const border = { type: 'solid', pt: 0.75, color: colours.line };
  const none = { type: 'none' };
  const cell = (text: string, column: number, options: object) => ({
    text,
    options: { align: table.numeric[column] ? 'right' : 'left', border: [none, none, border, none], ...options },
  });
  const rows = [
    ...(table.headers ? [table.headers.map((text, column) => cell(text, column, { bold: true, color: colours.paper, fill: { color: colours.primary } }))] : []),
    ...table.rows.map((row, index) => row.map((text, column) =>
      cell(text, column, { color: colours.ink, fill: { color: index % 2 === 1 ? colours.stripe : colours.paper } }))),
  ];
  const inches = (values: number[]) => values.map((value) => value / pointsPerInch);
  const width = inches(block.widths).reduce((sum, value) => sum + value, 0);
  slide.addTable(rows as never, {
    x: block.box.x, y: block.box.y, w: width, colW: inches(block.widths), rowH: inches(block.heights),
    fontFace: officeFont, fontSize: size, valign: 'middle', margin: cellPadding / pointsPerInch,
  });
}

const codeFor = (decimals: number, unit: string | undefined) => {
  const number = decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`;
  return unit ? `${number}"${(unit.length > 1 ? ` ${unit}` : unit).replaceAll('"', '')}"` : number;
};

function chartOptions(chart: ChartInput) {
  const label = { fontFace: officeFont, fontSize: 12, color: colours.ink };
  const code = codeFor(decimalsOf(chart), chart.unit);
  const pie = chart.type === 'pie';
  return {
    chartColors: palette.slice(0, pie ? chart.labels.length : chart.series.length),
    showTitle: Boolean(chart.title), title: chart.title && wrapText(plainText(chart.title), 450, 14).slice(0, 2).join(' '),
    titleFontFace: officeFont, titleFontSize: 14, titleColor: colours.ink,
    showLegend: pie || chart.series.length > 1, legendPos: pie ? 'r' : 'b', legendFontFace: officeFont, legendFontSize: pie ? 14 : 12, legendColor: colours.ink,
    showValue: !pie && showsValues(chart), showPercent: pie, showLabel: false,
    dataLabelFormatCode: pie ? '0%' : code, dataLabelFontFace: officeFont, dataLabelFontSize: pie ? 14 : 11,
    dataLabelColor: pie ? colours.paper : colours.ink, dataLabelPosition: pie ? 'ctr' : chart.type === 'line' ? 't' : 'outEnd',
    dataBorder: { pt: 1, color: colours.paper },
    catAxisLabelFontFace: label.fontFace, catAxisLabelFontSize: label.fontSize, catAxisLabelColor: label.color,
    valAxisLabelFontFace: label.fontFace, valAxisLabelFontSize: label.fontSize, valAxisLabelColor: colours.muted, valAxisLabelFormatCode: codeFor(0, chart.unit),
    valGridLine: { color: colours.line, size: 0.5 }, catGridLine: { style: 'none' }, valAxisLineShow: false,
    barGapWidthPct: 60, lineSize: 2.5, lineDataSymbolSize: 7,
  } as const;
}

function drawChart(slide: Slide, { input, box }: NonNullable<PlannedSlide['chart']>): void {
  const series = input.series.map((one, index) => ({ name: seriesName(input, index), labels: input.labels, values: one.values }));
  slide.addChart(input.type as never, series, { ...box, ...chartOptions(input), altText: input.title || `Chart: ${series.map((one) => one.name).join(', ')}` } as never);
}

function drawSlide(deck: Presentation, planned: PlannedSlide): void {
  const covers = planned.layout !== 'content';
  const masterName = covers ? (planned.subtitle ? 'Title' : 'Title without subtitle') : planned.text ? 'Content' : 'Title only';
  const slide = deck.addSlide({ masterName });
  slide.addText(planned.title, { placeholder: 'title', fontSize: planned.titleSize, fontFace: officeFont, bold: true, color: covers ? colours.paper : colours.primary, fit: 'none' });
  if (planned.subtitle) slide.addText(planned.subtitle.text, { placeholder: 'subtitle', fontSize: planned.subtitle.size, fontFace: officeFont, color: colours.pale });
  if (planned.text) drawText(slide, planned.text);
  if (planned.table) drawTable(slide, planned.table);
  if (planned.chart) drawChart(slide, planned.chart);
  if (planned.notes) slide.addNotes(planned.notes);
}

/** The bytes of a .pptx and how many slides it has. Throws ToolError as `planDeck` does. */
export async function renderPowerpoint(input: PowerpointInput): Promise<Rendered> {
  const planned = planDeck(input);
  const deck = new Presentation();
  deck.defineLayout({ name: 'wide', width: slideSize.w, height: slideSize.h });
  deck.layout = 'wide';
  deck.theme = { headFontFace: officeFont, bodyFontFace: officeFont };
  const title = plainText(input.title ?? planned[0].title);
  deck.title = title;
  deck.author = deck.company = 'Persona Platform';
  const [line, ...more] = wrapText(title, 10 * pointsPerInch, footer.size);
  defineMasters(deck, more.length > 0 ? `${line}…` : line);
  for (const slide of planned) drawSlide(deck, slide);
  // Only what the package calls a stream is compressed; it is a buffer.
  const bytes = (await deck.stream({ compression: true })) as unknown as Buffer;
  return { bytes: new Uint8Array(bytes), facts: { slideCount: planned.length } };
}
