import { DomUtils, parseDocument } from 'htmlparser2';

/** XML of office files, changed in place: whatever is not touched is written back as it was read, entities included. */

export type XmlDocument = ReturnType<typeof parseDocument>;
export type XmlElement = NonNullable<ReturnType<typeof DomUtils.getElementsByTagName>[number]>;

const verbatim = { xmlMode: true, decodeEntities: false };

export function parseXml(text: string): XmlDocument {
  const document = parseDocument(text, verbatim);
  // The parser drops the ? at the end of <?xml … ?>.
  for (const node of document.children) if ('data' in node && node.data.startsWith('?') && !node.data.endsWith('?')) node.data += '?';
  return document;
}

export const printXml = (document: XmlDocument): string => DomUtils.getOuterHTML(document, { xmlMode: true, encodeEntities: false });

/** The name without its prefix: some programs write `x:row`. */
export const localName = (element: XmlElement): string => element.name.replace(/^.*:/, '');

export const elementsOf = (parent: XmlDocument | XmlElement): XmlElement[] => parent.children.filter((child): child is XmlElement => 'attribs' in child);

/** The first child of that name. */
export const childOf = (parent: XmlDocument | XmlElement, name: string): XmlElement | undefined => elementsOf(parent).find((child) => localName(child) === name);

/** The root element, whatever stands before it. */
export const rootOf = (document: XmlDocument): XmlElement => {
  const [root] = elementsOf(document);
  if (!root) throw new Error('The XML has no root element');
  return root;
};

/** A new element with the prefix of another, and the text in it escaped. */
export function makeElement(like: XmlElement, name: string, attributes: Record<string, string> = {}, inside: XmlElement[] | string = []): XmlElement {
  const prefix = like.name.includes(':') ? like.name.replace(/[^:]*$/, '') : '';
  const [element] = elementsOf(parseXml(`<${prefix}${name}/>`));
  for (const [key, value] of Object.entries(attributes)) element.attribs[key] = escapeXml(value);
  element.children = typeof inside === 'string' ? parseXml(escapeXml(inside)).children : inside;
  return element;
}

export const escapeXml = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Text with its entities resolved. */
export const unescapeXml = (text: string): string => (text.includes('&') ? DomUtils.textContent(parseDocument(text, { xmlMode: true }).children) : text);

/** All text inside an element, with entities resolved. */
export const textIn = (element: XmlElement | undefined): string => (element ? unescapeXml(DomUtils.textContent(element)) : '');
