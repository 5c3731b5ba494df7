import { simpleParser, type AddressObject } from 'mailparser';
import type { Block } from './blocks.js';
import { readHtml } from './html.js';
import { readPlainText } from './plainText.js';

/** A mail: its subject is the heading of who wrote to whom, what was attached, and the text. */
export async function readEml(bytes: Buffer): Promise<Block[]> {
  const mail = await simpleParser(bytes, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
  const files = mail.attachments.flatMap(({ filename }) => filename ?? []);
  const about = [
    ['From', addressesOf(mail.from)], ['To', addressesOf(mail.to)], ['Cc', addressesOf(mail.cc)],
    ['Date', mail.date?.toISOString()], ['Attachments', files.join(', ')],
  ].filter(([, value]) => value).map(([name, value]) => `${name}: ${value}`);
  return [
    ...(mail.subject ? [{ kind: 'heading', level: 1, text: mail.subject } as const] : []),
    ...(about.length > 0 ? [{ kind: 'paragraph', text: about.join('\n') } as const] : []),
    ...(mail.text?.trim() ? readPlainText(mail.text) : readHtml(mail.html || '')),
  ];
}

const addressesOf = (given: AddressObject | AddressObject[] | undefined): string =>
  [given ?? []].flat().map(({ text }) => text).join(', ');
