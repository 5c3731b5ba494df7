import { ToolError } from '../tool.js';
import { checkChart } from './chartData.js';
import type { ChartInput, PowerpointInput, SlideInput } from './content.js';
import { largestFit, textHeight } from './measure.js';
import { parseBullets, parseText, plainText } from './paragraphs.js';
import { fitParagraphs, pageParagraphs } from './slideText.js';
import type { TextBlock } from './slideText.js';
import { pageTable } from './slideTable.js';
import type { TableBlock } from './slideTable.js';
import { normalTable } from './tables.js';

/** Decides what goes on which slide, where and how large, so that nothing runs over. Knows nothing of the file format. */

/** Inches from the upper left corner of a slide. */
export interface Box { x: number; y: number; w: number; h: number }

export interface PlannedSlide {
  layout: 'title' | 'section' | 'content';
  title: string;
  /** Points. */
  titleSize: number;
  subtitle?: { text: string; size: number };
  text?: TextBlock & { box: Box };
  table?: TableBlock & { box: Box };
  chart?: { input: ChartInput; box: Box };
  notes?: string;
}

export const pointsPerInch = 72;
export const slideSize = { w: 13.333, h: 7.5 };
export const titleBox: Box = { x: 0.7, y: 0.34, w: 11.93, h: 1.01 };
export const bodyBox: Box = { x: 0.7, y: 1.7, w: 11.93, h: 4.95 };
export const coverTitleBox: Box = { x: 1.1, y: 1.7, w: 10.9, h: 2.3 };
export const coverSubtitleBox: Box = { x: 1.1, y: 4.35, w: 10.9, h: 1.3 };

const points = (inches: number) => inches * pointsPerInch;
const columnGap = 0.5;
/** With a table below, text may take this much of the body. */
const introShare = 0.35;

const titleSizes = [30, 28, 26, 24, 22, 20, 18, 16, 14, 12];
const coverSizes = [44, 40, 36, 32, 28, 24, 20];
const subtitleSizes = [22, 20, 18, 16, 14, 12];
const wideText = [24, 22, 20, 18];
const narrowText = [20, 18, 16, 14];

function titled(title: string): Pick<PlannedSlide, 'title' | 'titleSize'> {
  return { title, titleSize: largestFit(title, points(titleBox.w), points(titleBox.h), titleSizes, true) };
}

function cover(layout: 'title' | 'section', title: string, subtitle: string | undefined, notes?: string): PlannedSlide {
  const sizeIn = (text: string, box: Box, sizes: number[], bold: boolean) => largestFit(text, points(box.w), points(box.h), sizes, bold);
  return {
    layout, title, notes,
    titleSize: sizeIn(title, coverTitleBox, coverSizes, true),
    subtitle: subtitle ? { text: subtitle, size: sizeIn(subtitle, coverSubtitleBox, subtitleSizes, false) } : undefined,
  };
}

const oneLine = (text: string | undefined) => (text ? plainText(text.replace(/\s+/g, ' ').trim()) : '');

function paragraphsOf(slide: SlideInput) {
  const lines = slide.content?.split(/\r?\n/).filter((line) => line.trim() !== '') ?? [];
  // One line, or an introduction before bullets, is a sentence; several lines are a list.
  const content = parseText(slide.content ?? '', lines.length > 1 && !slide.bullets ? 'bullet' : 'text');
  return [...content, ...parseBullets(slide.bullets ?? [])].filter((paragraph) => paragraph.text !== '');
}

/** Text alone: as many slides as it needs. */
const textSlides = (paragraphs: ReturnType<typeof paragraphsOf>, title: string): Partial<PlannedSlide>[] => {
  // Text should not be larger than the title above it.
  const sizes = wideText.filter((size) => size <= Math.max(18, titled(title).titleSize - 2));
  return pageParagraphs(paragraphs, points(bodyBox.w), points(bodyBox.h), sizes).map((text) => ({ text: { ...text, box: bodyBox } }));
};

/** The table on as many slides as needed, the first of them in `box`; null when a row fits on none. */
function tryTable(slide: SlideInput, box: Box): Partial<PlannedSlide>[] | null {
  return pageTable(normalTable(slide.table!), points(box.w), points(box.h), points(bodyBox.h))
    ?.map((table, index) => ({ table: { ...table, box: index === 0 ? box : bodyBox } })) ?? null;
}

function tableSlides(slide: SlideInput, where: string): Partial<PlannedSlide>[] {
  const slides = tryTable(slide, bodyBox);
  if (!slides) throw new ToolError(`The table of ${where} has a row too long for a slide; shorten its cells or use generate_spreadsheet.`);
  return slides;
}

/** Text beside the chart when it fits there, otherwise before it. */
function chartSlides(slide: SlideInput, paragraphs: ReturnType<typeof paragraphsOf>): Partial<PlannedSlide>[] {
  const input = slide.chart!;
  const left: Box = { ...bodyBox, w: 4.5 };
  const text = paragraphs.length > 0 ? fitParagraphs(paragraphs, points(left.w), points(left.h), narrowText) : null;
  if (text) {
    const x = left.x + left.w + columnGap;
    return [{ text: { ...text, box: left }, chart: { input, box: { ...bodyBox, x, w: bodyBox.x + bodyBox.w - x } } }];
  }
  return [...(paragraphs.length > 0 ? textSlides(paragraphs, slide.title ?? '') : []), { chart: { input, box: bodyBox } }];
}

/** Text above the table when it is short, otherwise before it. */
function textAndTableSlides(slide: SlideInput, paragraphs: ReturnType<typeof paragraphsOf>, where: string): Partial<PlannedSlide>[] {
  const text = paragraphs.length > 0 ? fitParagraphs(paragraphs, points(bodyBox.w), points(bodyBox.h * introShare), narrowText.slice(0, 3)) : null;
  const used = text ? text.height / pointsPerInch + 0.3 : 0;
  const below = text && tryTable(slide, { ...bodyBox, y: bodyBox.y + used, h: bodyBox.h - used });
  if (!below) return [...(paragraphs.length > 0 ? textSlides(paragraphs, slide.title ?? '') : []), ...tableSlides(slide, where)];
  const [first, ...rest] = below;
  return [{ ...first, text: { ...text, box: { ...bodyBox, h: used - 0.3 } } }, ...rest];
}

function planSlide(slide: SlideInput, index: number, fallbackTitle: string): PlannedSlide[] {
  const where = `slides[${index}]`;
  const paragraphs = paragraphsOf(slide);
  const title = oneLine(slide.title) || fallbackTitle;
  if (!slide.chart && !slide.table && paragraphs.length === 0) {
    if (!oneLine(slide.title)) throw new ToolError(`${where} is empty; give it a title, content, bullets, a table or a chart.`);
    return [cover('section', title, undefined, slide.notes)];
  }
  if (slide.chart) checkChart(slide.chart, `The chart of ${where}`);
  const bodies = slide.chart ? chartSlides(slide, paragraphs) : slide.table ? textAndTableSlides(slide, paragraphs, where) : textSlides(paragraphs, slide.title ?? '');
  if (slide.chart && slide.table) bodies.push(...tableSlides(slide, where));
  return bodies.map((body, page) => ({
    layout: 'content',
    ...titled(bodies.length > 1 ? `${title} (${page + 1}/${bodies.length})` : title),
    ...body,
    notes: page === 0 ? slide.notes : undefined,
  }));
}

/** A first slide that holds a title and at most one short line is the cover when no other was asked for. */
function isCover(slide: SlideInput): boolean {
  const content = slide.content?.trim() ?? '';
  const short = !/\n/.test(content) && textHeight(content, points(coverSubtitleBox.w), subtitleSizes[0]) <= points(coverSubtitleBox.h);
  return oneLine(slide.title) !== '' && !slide.bullets && !slide.table && !slide.chart && short;
}

/**
 * The slides of a deck, in order. A cover comes first when the deck has a title of its own or its first slide looks like one;
 * what does not fit goes on with "(2/3)" in the title. Throws ToolError for an empty slide, a wrong chart or a row no slide can hold.
 */
export function planDeck(deck: PowerpointInput): PlannedSlide[] {
  const title = oneLine(deck.title);
  const slides = [...deck.slides];
  const planned: PlannedSlide[] = [];
  const first = slides[0];
  const repeats = title !== '' && isCover(first) && oneLine(first.title).toLowerCase() === title.toLowerCase();
  if (title !== '' && !repeats) planned.push(cover('title', title, oneLine(deck.subtitle)));
  else if (isCover(first) && (repeats || slides.length > 1)) {
    planned.push(cover('title', oneLine(first.title), oneLine(deck.subtitle) || oneLine(first.content), first.notes));
    slides.shift();
  }
  const offset = deck.slides.length - slides.length;
  slides.forEach((slide, index) => planned.push(...planSlide(slide, index + offset, title || 'Overview')));
  return planned;
}
