import { buildPresentation, parseZip, RECOMMENDED_ZIP_LIMITS, type PresentationData } from '@aiden0z/pptx-renderer';
import { repacked, unpacked } from '../boundedZip';

export { renderSlide } from '@aiden0z/pptx-renderer';

/** A presentation, and the speaker's notes of each slide; an empty text where there are none. */
export interface Slides {
  presentation: PresentationData;
  notes: string[];
}

type Files = ReturnType<typeof unpacked>;

export async function openSlides(bytes: ArrayBuffer): Promise<Slides> {
  const files = unpacked(new Uint8Array(bytes));
  const presentation = buildPresentation(await parseZip(repacked(files).buffer, RECOMMENDED_ZIP_LIMITS));
  return { presentation, notes: presentation.slides.map(({ rels }) => notesOf(files, [...rels.values()])) };
}

/** The notes part that a slide refers to. Only its text is read, of the place that is meant for it. */
function notesOf(files: Files, relations: { type: string; target: string }[]): string {
  const target = relations.find(({ type }) => type.endsWith('/notesSlide'))?.target;
  const part = target && files[`ppt/notesSlides/${target.split('/').at(-1)}`];
  if (!part) return '';
  const xml = new DOMParser().parseFromString(new TextDecoder().decode(part), 'application/xml');
  const all = (parent: Document | Element, name: string) => [...parent.getElementsByTagNameNS('*', name)];
  const body = all(xml, 'sp').find((shape) => all(shape, 'ph').some((place) => place.getAttribute('type') === 'body'));
  return body ? all(body, 'p').map((paragraph) => all(paragraph, 't').map((run) => run.textContent).join('')).join('\n').trim() : '';
}
