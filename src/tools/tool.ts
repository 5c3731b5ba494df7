import type { JsonSchema } from '../providers/provider.js';
import type { Workspace } from '../workspaces/workspace.js';

export type ToolCategory = 'office' | 'files' | 'data' | 'web' | 'email' | 'memory' | 'system';

export interface FoundTool {
  id: string;
  name: string;
  description: string;
  category: string;
  /** 0 to 1, higher is nearer. */
  similarity: number;
}

/** A passage found in memory. */
export interface FoundPassage {
  documentId: string;
  documentName: string;
  text: string;
  /** 0 to 1, higher is nearer. */
  similarity: number;
  metadata: { page?: number; chunkIndex: number; headings: string[] };
}

/** A document in memory. */
export interface ListedDocument {
  documentId: string;
  name: string;
  source: string;
  mimeType: string;
  status: string;
  /** Why it failed, when it did. */
  errorMessage: string | null;
  chunkCount: number;
  fileSize: number;
  createdAt: Date;
}

export interface ToolMemory {
  /** Passages by meaning and by words, best first. */
  search(query: string, limit: number): Promise<FoundPassage[]>;
  /** The newest documents. */
  list(limit: number): Promise<ListedDocument[]>;
  /** Keeps a note; the same one again is the same document. */
  remember(title: string, text: string): Promise<{ documentId: string; isNew: boolean }>;
}

export interface MailAttachment {
  filename: string;
  contentType: string;
  content: Buffer;
}

export interface OutgoingMail {
  to: string[];
  cc: string[];
  subject: string;
  /** Plain text. */
  body: string;
  attachments: MailAttachment[];
}

export interface SentMail {
  messageId: string;
  from: string;
  /** Recipients that the server took, and those it did not. */
  accepted: string[];
  rejected: string[];
}

/** What is looked for; all that is given must fit. */
export interface MailQuery {
  folder: string;
  limit: number;
  text?: string;
  from?: string;
  subject?: string;
  /** Days such as 2025-01-28. */
  since?: string;
  before?: string;
  isUnread?: boolean;
}

export interface FoundMail {
  /** Names the mail within its folder. */
  id: string;
  from: string;
  subject: string;
  date: Date | null;
  isUnread: boolean;
  size: number;
}

export interface ReadMail {
  id: string;
  from: string;
  to: string;
  cc: string;
  subject: string;
  date: Date | null;
  text: string;
  attachments: { name: string; mimeType: string; bytes: Buffer }[];
}

/** Each throws ToolError when the persona has no email connector, or its server does not do its part. */
export interface ToolMail {
  send(mail: OutgoingMail): Promise<SentMail>;
  /** The newest first. */
  search(query: MailQuery): Promise<FoundMail[]>;
  read(folder: string, id: string): Promise<ReadMail>;
}

/** What a running tool may touch, and nothing else. */
export interface ToolContext {
  workspace: Workspace;
  /** The persona's settings for this tool, as its `config` schema allows. */
  config: Record<string, unknown>;
  /** Aborted when the run is cancelled or out of time; the tool stops at once. */
  signal: AbortSignal;
  /** The same for every try of the same step: a key for effects that must not happen twice. */
  stepKey: string;
  /** Finds tools of the persona by meaning. */
  searchTools(query: string, limit: number): Promise<FoundTool[]>;
  /** The persona's documents. */
  memory: ToolMemory;
  /** The persona's mailbox. */
  mail: ToolMail;
}

export interface ToolResult {
  /** Goes to the model and into the step, as JSON. */
  output: Record<string, unknown>;
  /** Workspace paths (`/workspace/…`) of files this call made or changed; each becomes an artifact. */
  artifacts?: string[];
}

/** One tool is one file in `builtin/`. */
export interface Tool {
  name: string;
  description: string;
  category: ToolCategory;
  /** JSON Schema of the arguments, checked before `run`. */
  parameters: JsonSchema;
  /** JSON Schema of a persona's config for this tool; the registry adds `needsApproval` to it. */
  configSchema?: JsonSchema;
  /** True when doing it twice is the same as once: a step cut by a crash is then simply run again. */
  idempotent: boolean;
  /** True when a person has to say yes before each call, unless a persona's config says otherwise. */
  needsApproval: boolean;
  /** Does the work. Throws ToolError with a sentence the model can act on. */
  run(args: any, context: ToolContext): Promise<ToolResult>;
}

/** A tool could not do what it was asked to; the message goes to the model. */
export class ToolError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ToolError';
  }
}
