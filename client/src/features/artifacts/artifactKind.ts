import { Braces, File, FileArchive, FileSpreadsheet, FileText, Image, Presentation } from '@lucide/vue';
import { defineAsyncComponent, type Component } from 'vue';

/** What a view is given: the bytes, and the name of the file. It tells of what it cannot read by `unreadable`. */
interface ViewProps {
  bytes: Blob;
  name: string;
}

/** The sign of a kind of file, the class of its colour, and what shows it; each view is loaded when the first file of its kind is opened. */
export interface ArtifactKind {
  icon: Component;
  look: string;
  view?: Component<ViewProps>;
}

const lazy = (load: () => Promise<{ default: Component }>) => defineAsyncComponent({ loader: load as () => Promise<Component<ViewProps>>, delay: 0 });

const slides: ArtifactKind = { icon: Presentation, look: 'slides', view: lazy(() => import('./views/SlidesView.vue')) };
const pdf: ArtifactKind = { icon: FileText, look: 'slides', view: lazy(() => import('./views/PdfView.vue')) };
const written: ArtifactKind = { icon: FileText, look: 'text', view: lazy(() => import('./views/DocumentView.vue')) };
const sheet: ArtifactKind = { icon: FileSpreadsheet, look: 'sheet', view: lazy(() => import('./views/SheetView.vue')) };
const image: ArtifactKind = { icon: Image, look: 'image', view: lazy(() => import('./views/ImageView.vue')) };
const markdown: ArtifactKind = { icon: FileText, look: 'text', view: lazy(() => import('./views/MarkdownView.vue')) };
const text: ArtifactKind = { icon: FileText, look: 'other', view: lazy(() => import('./views/TextView.vue')) };

const kinds: Record<string, ArtifactKind> = {
  pptx: slides, pdf, docx: written, xlsx: sheet, csv: sheet, tsv: sheet, md: markdown, markdown, json: { ...text, icon: Braces }, zip: { icon: FileArchive, look: 'other' },
};
const images = new Set(['png', 'jpg', 'jpeg', 'gif', 'webp', 'avif', 'bmp', 'svg']);
const texts = new Set(['txt', 'log', 'html', 'htm', 'xml', 'css', 'js', 'mjs', 'ts', 'py', 'sh', 'sql', 'yml', 'yaml', 'toml', 'ini', 'ics', 'eml', 'jsonl', 'ndjson', 'tex', 'rst']);

export const endingOf = (name: string) => name.split('.').at(-1)!.toLowerCase();

export function kindOf(name: string): ArtifactKind {
  const ending = endingOf(name);
  if (images.has(ending)) return image;
  return kinds[ending] ?? (texts.has(ending) ? text : { icon: File, look: 'other' });
}
