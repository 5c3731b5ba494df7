import type { Outline, Section } from '../outline.js';
import { fileNameOf, type Made, type Material } from './made.js';

/** Structures whose parts are running text and not points. */
const prose = new Set(['letter']);

function sectionOf(section: Section, outline: Outline) {
  const table = section.table && { headers: section.table.columns.slice(0, 12).map((name) => name.slice(0, 200)), rows: section.table.rows.slice(0, 500).map((row) => row.slice(0, 12)) };
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

/** At most seven sections and 20 rows, and as many points of each as fit on a page; facts stay before blanks. */
function shortened(sections: Section[]): Section[] {
  const weighty = sections.length > 7 ? sections.filter((section) => !section.minor) : sections;
  const kept = weighty.length > 7 ? [...weighty.slice(0, 6), weighty.at(-1)!] : weighty;
  const most = [6, 5, 4].find((limit) => kept.reduce((sum, { bullets }) => sum + Math.min(limit, bullets.length), 0) <= pagePoints) ?? 3;
  return kept.map((section) => ({ ...section, bullets: section.bullets.slice(0, most), ...(section.table ? { table: { ...section.table, rows: section.table.rows.slice(0, 20) } } : {}) }));
}
