import { ChartColumn, File, FileSpreadsheet, FileText, Presentation } from '@lucide/vue';
import type { Component } from 'vue';

/** The sign of a kind of file, and the class of its colour. */
export interface ArtifactKind {
  icon: Component;
  look: string;
}

const kinds: Record<string, ArtifactKind> = {
  pptx: { icon: Presentation, look: 'slides' },
  pdf: { icon: FileText, look: 'slides' },
  docx: { icon: FileText, look: 'text' },
  xlsx: { icon: FileSpreadsheet, look: 'sheet' },
  csv: { icon: FileSpreadsheet, look: 'sheet' },
  png: { icon: ChartColumn, look: 'image' },
  svg: { icon: ChartColumn, look: 'image' },
};

export const endingOf = (name: string) => name.split('.').at(-1)!.toLowerCase();

export const kindOf = (name: string): ArtifactKind => kinds[endingOf(name)] ?? { icon: File, look: 'other' };
