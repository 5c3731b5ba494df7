import { basename } from 'node:path';
import { mimeTypeOf } from '../../workspaces/localWorkspace.js';
import type { Workspace } from '../../workspaces/workspace.js';
import { type MailAttachment, type Tool, ToolError } from '../tool.js';

/** Most mail servers take 25 MB, of which a third is lost to the encoding of attachments. */
const largestAttachments = 18 * 1024 * 1024;

const address = { type: 'string', description: 'Such as ann@example.com.', pattern: '^[^\\s@,;<>"]+@[^\\s@,;<>"]+$', maxLength: 320 };

export const sendEmail: Tool = {
  name: 'send_email',
  description: "Send an e-mail from the persona's own address, with attachments from the workspace. It is sent at once and cannot be taken back.",
  category: 'email',
  parameters: {
    type: 'object',
    properties: {
      to: { type: 'array', description: 'Who receives it.', items: address, minItems: 1, maxItems: 50 },
      cc: { type: 'array', description: 'Who receives a copy.', items: address, maxItems: 50 },
      subject: { type: 'string', description: 'One line.', minLength: 1, maxLength: 500 },
      body: { type: 'string', description: 'The text of the mail, as plain text.', minLength: 1, maxLength: 200_000 },
      attachments: {
        type: 'array', description: 'Files of the workspace, such as /workspace/report.pdf.', maxItems: 20,
        items: { type: 'string', minLength: 1, maxLength: 1024 },
      },
    },
    required: ['to', 'subject', 'body'],
    additionalProperties: false,
  },
  // A mail cannot be taken back: after a crash a person says whether it is to be sent again.
  idempotent: false,
  needsApproval: false,
  async run({ to, cc = [], subject, body, attachments = [] }: Arguments, { workspace, mail, signal }) {
    signal.throwIfAborted();
    const files = await readAttachments(attachments, workspace);
    const { messageId, from, accepted, rejected } = await mail.send({ to, cc, subject: subject.replace(/\s+/g, ' ').trim(), body, attachments: files });
    return { output: { messageId, from, sentTo: accepted, ...(rejected.length > 0 && { refused: rejected }), attachments: files.map(({ filename }) => filename) } };
  },
};

interface Arguments {
  to: string[];
  cc?: string[];
  subject: string;
  body: string;
  attachments?: string[];
}

async function readAttachments(paths: readonly string[], workspace: Workspace): Promise<MailAttachment[]> {
  const entries = await Promise.all(paths.map((path) => workspace.stat(path)));
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > largestAttachments) throw new ToolError(`The attachments have ${total} bytes together; at most ${largestAttachments} can be sent.`);
  return Promise.all(entries.map(async ({ path }) => ({ filename: basename(path), contentType: mimeTypeOf(path), content: await workspace.read(path) })));
}
