import type { Outline, Section } from '../outline.js';
import { isBlank } from '../blanks.js';
import { isBlankSection } from '../placement.js';
import { fileNameOf, tableArguments, type Made, type Material } from './made.js';

/** Structures whose parts are running text and not points. */
const prose = new Set(['letter']);

function sectionOf(section: Section, outline: Outline) {
  const table = section.table && tableArguments(section.table);
  // A letter has paragraphs and no headings.
  if (prose.has(outline.structure ?? '') && section.bullets.length) return { content: section.bullets.join('\n'), ...(table ? { table } : {}) };
  return { heading: section.title.slice(0, 300), ...(section.bullets.length ? { bullets: section.bullets } : {}), ...(table ? { table } : {}) };
}

function textArguments(material: Material, sections: Section[]): Record<string, unknown> {
  const { outline } = material;
  const filled = sections.filter((section) => section.bullets.length || section.table);
  const parts = filled.length ? filled.map((section) => sectionOf(section, outline)) : [{ heading: outline.title, content: '[The text of this document]' }];
  const sources = outline.sources.length ? [{ heading: 'Sources', bullets: outline.sources }] : [];
  return { title: outline.title, ...(outline.subtitle ? { subtitle: outline.subtitle } : {}), sections: [...parts, ...sources], ...fileNameOf(material) };
}

/** Arguments of `generate_document`: every section of the outline. */
export const documentArguments = (material: Material): Made => ({ arguments: textArguments(material, material.outline.sections) });

/** Arguments of `generate_pdf`; one page holds the first points of the weightiest sections. */
export function pdfArguments(material: Material): Made {
  const onePage = material.request.topic.pages === 1 || /\b(?:one|1)[\s-]?page/i.test(`${material.deliverable?.named} ${material.clause}`);
  if (!onePage) return documentArguments(material);
  return { arguments: { ...textArguments(material, shortened(material.outline.sections)), onePage: true } };
}

/** So many points fill a page together with their headings. */
const pagePoints = 26;

/** At most 20 rows, and as many sections and points as fit on a page; what the request says stays before blanks. */
function shortened(sections: Section[]): Section[] {
  const weighty = sections.length > 7 ? sections.filter((section) => !section.minor) : sections;
  const facts = weighty.filter((section) => !isBlankSection(section)).length;
  const blanks = weighty.filter(isBlankSection).slice(-Math.max(0, 7 - facts) || weighty.length);
  const kept = weighty.length > 7 ? weighty.filter((section) => !isBlankSection(section) || blanks.includes(section)) : weighty;
  const cut = (limit: number) => kept.map((section) => ({ ...section, bullets: section.bullets.filter((bullet, index) => index < limit || !isBlank(bullet)) }));
  const fitting = [6, 5, 4].map(cut).find((all) => all.reduce((sum, { bullets }) => sum + bullets.length, 0) <= pagePoints) ?? cut(3);
  return fitting.map((section) => (section.table ? { ...section, table: { ...section.table, rows: section.table.rows.slice(0, 20) } } : section));
}
