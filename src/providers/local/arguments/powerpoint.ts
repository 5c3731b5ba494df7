import { blankNotes, isBlank } from '../blanks.js';
import { comparableRows } from '../figures.js';
import type { Outline, Section } from '../outline.js';
import { shorten } from '../wording.js';
import { chartOf } from './chart.js';
import { fileNameOf, tableArguments, type Made, type Material } from './made.js';

interface Slide {
  title: string;
  bullets?: string[];
  table?: { headers: string[]; rows: (string | number)[][] };
  chart?: unknown;
  notes?: string;
}

/** More would be no presentation, whatever number was asked for. */
export const mostSlides = 40;

/** Arguments of `generate_powerpoint`: the outline as slides, as many as were asked for when that can be done honestly. */
export function powerpointArguments(material: Material): Made {
  const { outline, request } = material;
  const asked = request.topic.slides && request.topic.slides > 0 ? Math.min(request.topic.slides, mostSlides) : null;
  // The title slide counts: who asks for five slides wants five in the file.
  if (asked === 1) return { arguments: { slides: [singleSlide(outline, request.instruction)], ...fileNameOf(material) } };
  const slides = slidesFor(outline, asked ? asked - 1 : null, request.instruction);
  const title = { title: outline.title, ...(outline.subtitle ? { subtitle: outline.subtitle } : {}) };
  return { arguments: { ...title, slides, ...fileNameOf(material) } };
}

/** Closes a deck whose sections the request named itself. */
const nextSteps: Slide = { title: 'Next Steps', bullets: ['[Action, owner, date]', '[Action, owner, date]', 'Open question: [question and who answers it]'] };

function slidesFor(outline: Outline, count: number | null, words: string): Slide[] {
  let sections = outline.sections.filter((section) => section.bullets.length || section.table);
  if (!sections.length) sections = [{ title: outline.title, bullets: ['[The message of this slide, in one sentence]'] }];
  let slides = sections.flatMap((section) => slidesOf(section, outline, words));
  if (count !== null) {
    while (slides.length > count && condense(sections)) slides = sections.flatMap((section) => slidesOf(section, outline, words));
    slides = slides.length > count ? joinFigures(slides).slice(0, count) : slides;
    if (slides.length < count && outline.structure === null && !outline.sources.length) slides.push(nextSteps);
  }
  const agenda = slides.map((slide) => slide.title).filter((title) => !/: Chart$/.test(title));
  if (count === null ? agenda.length >= 4 : agenda.length >= 3 && slides.length < count) slides.unshift({ title: 'Agenda', bullets: agenda.slice(0, 12) });
  return count === null ? slides : split(slides, count);
}

/** So many points are still read on one slide. */
const mostOnOneSlide = 10;

/** Everything the request says under the title of the whole; without facts, the first point of each section. */
function singleSlide(outline: Outline, words: string): Slide {
  const figures = outline.sections.find((section) => section.table);
  const facts = [...new Set(outline.sections.flatMap(({ bullets }) => bullets).filter((bullet) => !isBlank(bullet)))];
  if (figures && facts.length === figures.bullets.filter((bullet) => !isBlank(bullet)).length) return { ...joinFigures(slidesOf(figures, outline, words))[0], title: outline.title };
  if (facts.length) return { title: outline.title, bullets: facts.slice(0, mostOnOneSlide) };
  const bullets = outline.sections.length > 1 ? outline.sections.slice(0, 6).map((section) => section.bullets[0]).filter(Boolean) : (outline.sections[0]?.bullets ?? []);
  return { title: outline.title, bullets: bullets.length ? bullets : ['[The message of this slide, in one sentence]'] };
}

function slidesOf(section: Section, outline: Outline, words: string): Slide[] {
  const notes = [blankNotes(section), outline.sources.length ? `Source: ${outline.sources.join(', ')}` : ''].filter(Boolean).join('\n');
  const text: Slide = { title: shorten(section.title, 200), ...(section.bullets.length ? { bullets: section.bullets } : {}), ...(notes ? { notes } : {}) };
  if (!section.table) return [text];
  const table = tableArguments(section.table);
  const chart = chartOf(comparableRows(section.table), '', words.replace(/\bchart these\b/gi, ''));
  return [{ ...text, table }, ...(chart ? [{ title: shorten(`${section.title.replace(/: Figures$/, '')}: Chart`, 200), chart: { ...chart, title: undefined } }] : [])];
}

/** Makes room for one slide less: a section of blanks alone goes first; sections with facts are joined, not dropped. */
function condense(sections: Section[]): boolean {
  const blank = sections.map((section, index) => ({ section, index })).filter(({ section }) => !section.table && section.bullets.every(isBlank));
  const inner = blank.filter(({ index }) => index > 0 && index < sections.length - 1);
  const least = blank.find(({ section }) => section.minor) ?? inner.at(-1) ?? (sections.length > blank.length ? blank.at(-1) : undefined);
  if (least && sections.length > 1) return Boolean(sections.splice(least.index, 1));
  const lengths = sections.map((section, index) => { const next = sections[index + 1]; return !next || section.table || next.table ? Infinity : section.bullets.length + next.bullets.length; });
  const shortest = Math.min(...lengths);
  if (shortest === Infinity) return false;
  const index = lengths.indexOf(shortest);
  sections.splice(index, 2, joined(sections[index], sections[index + 1]));
  return true;
}

/** Two sections in one, facts first; blanks only while there is room. */
function joined(one: Section, other: Section): Section {
  const bullets = [...one.bullets, ...other.bullets];
  const facts = bullets.filter((bullet) => !isBlank(bullet));
  return { title: shorten(one.title.includes(' and ') ? `${one.title}, ${other.title}` : `${one.title} and ${other.title}`, 80), bullets: [...facts, ...bullets.filter(isBlank)].slice(0, Math.max(6, facts.length)) };
}

/** A table and its chart on one slide, when there is no room for two. */
const joinFigures = (slides: Slide[]): Slide[] =>
  slides.flatMap((slide, index) => {
    const before = slides[index - 1];
    if (slide.chart && before?.table && !slide.bullets) return [];
    const after = slides[index + 1];
    return slide.table && after?.chart && !after.bullets ? [{ ...slide, bullets: undefined, chart: after.chart }] : [slide];
  });

/** Spreads the fullest slides over two until there are enough, as long as each keeps a point. */
function split(slides: Slide[], count: number): Slide[] {
  const result = [...slides];
  while (result.length < count) {
    const lengths = result.map((slide) => (slide.table || slide.chart || slide.title === 'Agenda' ? 0 : (slide.bullets?.length ?? 0)));
    const index = lengths.indexOf(Math.max(...lengths));
    const { bullets = [], title, notes } = result[index] ?? {};
    if (bullets.length < 2) break;
    const half = Math.ceil(bullets.length / 2);
    const base = (title ?? '').replace(/ \(continued\)$/, '');
    result.splice(index, 1, { ...result[index], bullets: bullets.slice(0, half) }, { title: `${base} (continued)`, bullets: bullets.slice(half), ...(notes ? { notes } : {}) });
  }
  return result;
}
