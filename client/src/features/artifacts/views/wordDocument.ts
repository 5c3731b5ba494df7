import { parseAsync, renderDocument, type HElement } from 'docx-preview';
import { repacked, unpacked } from '../boundedZip';

/** A document as elements, and the rules they are dressed by. */
export interface WordDocument {
  nodes: Node[];
  styles: CSSStyleSheet;
}

/**
 * Draws a .docx. Elements are made here and not by the library, so that nothing in a document can run, load or send: no
 * frames, no handlers, no HTML, no style elements (which the Content-Security-Policy forbids), links only to the web.
 */
export async function openDocument(bytes: ArrayBuffer): Promise<WordDocument> {
  const rules: string[] = [];
  const options = {
    h: (made: HElement | Node | string) => make(made, rules),
    // The numbers of pages in a footer are fields, which the library leaves empty.
    renderFooters: false,
    inWrapper: true, ignoreFonts: true, ignoreLastRenderedPageBreak: false, renderAltChunks: false, renderComments: false, renderChanges: false,
  };
  const read = await parseAsync(repacked(unpacked(new Uint8Array(bytes))), options);
  const nodes = await renderDocument(read, options);
  const styles = new CSSStyleSheet();
  styles.replaceSync(rules.map(withoutAddresses).join('\n'));
  return { nodes, styles };
}

const withoutAddresses = (css: string) => css.replace(/@import[^;]*;|url\([^)]*\)|image-set\([^)]*\)/gi, '');

const forbidden = new Set(['iframe', 'script', 'object', 'embed', 'link', 'meta', 'base', 'form', 'foreignobject']);

function make(made: HElement | Node | string, rules: string[]): Node {
  if (typeof made === 'string') return document.createTextNode(made);
  if (made instanceof Node) return made;
  const { ns, tagName, className, style, children = [], ...properties } = made;
  if (tagName === '#comment' || forbidden.has(tagName.toLowerCase())) return document.createComment('');
  if (tagName === 'style') {
    rules.push(children.join(''));
    return document.createComment('');
  }
  const isFragment = tagName === '#fragment';
  const element = isFragment ? document.createDocumentFragment() : ns ? document.createElementNS(ns, tagName) : document.createElement(tagName);
  if (element instanceof Element) dress(element as HTMLElement, className, style, properties);
  for (const child of children) element.appendChild(make(child, rules));
  return element;
}

function dress(element: HTMLElement, className: string | undefined, style: HElement['style'], properties: Record<string, unknown>): void {
  if (className) element.setAttribute('class', className);
  if (typeof style === 'string') element.style.cssText = withoutAddresses(style);
  else Object.assign(element.style, style);
  for (const [name, value] of Object.entries(properties)) {
    if (value !== undefined && !/^on|html|srcdoc|srcset|ping/i.test(name) && mayPoint(name, value)) Object.assign(element, { [name]: value });
  }
  if (element instanceof HTMLAnchorElement) Object.assign(element, { target: '_blank', rel: 'noopener noreferrer nofollow' });
}

/** Addresses lead to the web, pictures come out of the document itself. */
function mayPoint(name: string, value: unknown): boolean {
  if (name === 'href') return /^(https?:|mailto:)/i.test(String(value));
  return !['src', 'data', 'action', 'formAction', 'background', 'poster'].includes(name);
}
