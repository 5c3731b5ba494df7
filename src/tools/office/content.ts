/** What the office tools are given, after their schema has been checked. */

export type Cell = string | number | boolean | null;

export interface TableInput {
  headers?: string[];
  rows: Cell[][];
}

export interface ChartInput {
  type: 'bar' | 'line' | 'pie';
  title?: string;
  labels: string[];
  series: { name?: string; values: number[] }[];
  unit?: string;
}

/** What a slide and a section of a document have in common. */
export interface ContentInput {
  content?: string;
  bullets?: string[];
  table?: TableInput;
}

export interface SlideInput extends ContentInput {
  title?: string;
  chart?: ChartInput;
  notes?: string;
}

export interface SectionInput extends ContentInput {
  heading?: string;
  level?: number;
  numbered?: string[];
}

export interface PowerpointInput {
  title?: string;
  subtitle?: string;
  slides: SlideInput[];
}

export interface DocumentInput {
  title: string;
  subtitle?: string;
  sections: SectionInput[];
}

export interface PdfInput extends DocumentInput {
  onePage?: boolean;
}

/** A finished file and what is worth telling the model about it. */
export interface Rendered {
  bytes: Uint8Array;
  facts: Record<string, unknown>;
}
