import { Braces, CodeXml, File, FileSpreadsheet, FileText, Mail, NotebookPen, Presentation } from '@lucide/vue';
import type { Component } from 'vue';

const kinds: [RegExp, Component, string][] = [
  [/presentation/, Presentation, 'PPTX'], [/spreadsheet/, FileSpreadsheet, 'XLSX'], [/wordprocessing/, FileText, 'DOCX'], [/pdf/, FileText, 'PDF'],
  [/csv/, FileSpreadsheet, 'CSV'], [/json/, Braces, 'JSON'], [/html/, CodeXml, 'HTML'], [/rfc822/, Mail, 'EML'], [/markdown/, FileText, 'Markdown'], [/plain/, FileText, 'Text'],
];

/** The sign of a document and what its kind is called, by what its bytes are. */
export function kindOf({ mimeType, source }: { mimeType: string; source: string }): { icon: Component; name: string } {
  const [, icon = File, name = mimeType] = kinds.find(([words]) => words.test(mimeType)) ?? [];
  return { icon: source === 'note' ? NotebookPen : icon, name };
}
