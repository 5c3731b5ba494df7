import type { Tool } from '../tool.js';
import { ToolError } from '../tool.js';

const defaultLimit = 20_000;

export const readEmail: Tool = {
  name: 'read_email',
  description: "Read one e-mail of the persona's mailbox: who wrote it, when, its text and its attachments, which can be saved in the workspace.",
  category: 'email',
  parameters: {
    type: 'object',
    properties: {
      id: { type: 'string', description: 'The id that search_email gave.', pattern: '^\\d+-\\d+$', maxLength: 40 },
      folder: { type: 'string', description: 'The folder that was searched, INBOX when left out.', minLength: 1, maxLength: 500 },
      saveTo: { type: 'string', description: 'A folder of the workspace for the attachments, such as /workspace/mail; not saved when left out.', minLength: 1, maxLength: 500 },
      offset: { type: 'integer', description: 'The character of the text to begin with, 0 when left out.', minimum: 0 },
      limit: { type: 'integer', description: `How many characters at most, ${defaultLimit} when left out.`, minimum: 1, maximum: 100_000 },
    },
    required: ['id'],
    additionalProperties: false,
  },
  idempotent: true,
  needsApproval: false,
  async run({ id, folder = 'INBOX', saveTo, offset = 0, limit = defaultLimit }: Arguments, { mail, workspace, signal }) {
    signal.throwIfAborted();
    const { text, date, attachments, ...about } = await mail.read(folder, id);
    if (offset > 0 && offset >= text.length) throw new ToolError(`The text has ${text.length} characters; offset ${offset} is past its end.`);
    const next = offset + limit;
    const saved: string[] = [];
    const names = distinct(attachments.map(({ name }) => safeName(name)));
    for (const [index, { bytes }] of attachments.entries()) {
      if (saveTo) saved.push(await workspace.write(`${saveTo}/${names[index]}`, bytes));
    }
    const files = attachments.map(({ name, mimeType, bytes }, index) => ({ name, mimeType, size: bytes.length, ...(saveTo && { filePath: saved[index] }) }));
    const part = { text: text.slice(offset, next), totalCharacters: text.length, ...(next < text.length && { nextOffset: next }) };
    return { output: { ...about, date: date?.toISOString() ?? null, ...part, attachments: files }, artifacts: saved };
  },
};

interface Arguments {
  id: string;
  folder?: string;
  saveTo?: string;
  offset?: number;
  limit?: number;
}

/** A sender chooses the name of a file, and must not choose where it goes. */
const safeName = (name: string): string => name.replace(/[/\\\0-\x1f\x7f:*?"<>|]+/g, '_').replace(/^\.+/, '').slice(-120) || 'attachment';

/** `a.txt`, `a.txt` → `a.txt`, `2-a.txt`. */
const distinct = (names: readonly string[]): string[] =>
  names.map((name, index) => (names.indexOf(name) === index ? name : `${index + 1}-${name}`));
