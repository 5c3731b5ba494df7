import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/root.js';

/** A body of the document, with the status that it is documented for. */
export interface DocumentedBody {
  status: number;
  body: any;
}

/** A route of the document, with all that is said of it. */
export interface DocumentedRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  needsToken: boolean;
  query: { name: string; default?: string }[];
  /** The example of a JSON body, or the fields of a form. */
  request?: { json?: any; form?: string[] };
  responses: DocumentedBody[];
  errors: DocumentedBody[];
}

export interface DocumentedMessage {
  name: string;
  message: any;
}

/** The contract as programs read it. */
export interface ContractDocument {
  routes: DocumentedRoute[];
  messages: DocumentedMessage[];
  /** The body of every error, and that of too many requests. */
  errorFormat: any;
  rateLimited: DocumentedBody;
  statuses: number[];
  codes: string[];
  limitHeaders: string[];
  /** How many examples in JSON the text has. */
  exampleCount: number;
}

/** Reads spec/api.md. Throws when an example is no JSON. */
export function readContract(): ContractDocument {
  const text = readFileSync(join(projectRoot, 'test', 'spec', 'api.md'), 'utf8');
  const sections = text.split(/^#{2,4} (?=.)/m).slice(1);
  const about = (title: string) => sections.find((section) => section.startsWith(title)) ?? '';
  const routes = sections.flatMap((section) => readRoute(section) ?? []);
  const [errorFormat] = examplesIn(about('Error Handling'));
  const [rateLimited] = labelled(about('Rate Limiting'), 'Response');
  return {
    routes,
    messages: sections.flatMap((section) => readMessage(section) ?? []),
    errorFormat,
    rateLimited: rateLimited!,
    statuses: Array.from(about('Error Handling').matchAll(/^- `(\d{3})` - /gm), ([, status]) => Number(status)),
    codes: Array.from(about('Error Handling').matchAll(/^- `([A-Z_]+)` - /gm), ([, code]) => code!),
    limitHeaders: Array.from(about('Rate Limiting').matchAll(/^- `(X-[\w-]+)` - /gm), ([, name]) => name!),
    exampleCount: Array.from(text.matchAll(/^```json$/gm)).length,
  };
}

function readRoute(section: string): DocumentedRoute | undefined {
  const [, method, path] = /^`(GET|POST|PUT|DELETE) (\/\S*)` - /.exec(section) ?? [];
  if (!method) return undefined;
  const [example] = labelled(section, 'Request');
  const form = /^\*\*Request:\*\* Multipart form data\n((?:- .*\n)+)/m.exec(section)?.[1];
  const query = /^\*\*Query Parameters:\*\*\n((?:- .*\n)+)/m.exec(section)?.[1] ?? '';
  return {
    method: method as DocumentedRoute['method'],
    path: path!,
    needsToken: /^\*\*Authentication:\*\* Required/m.test(section),
    query: Array.from(query.matchAll(/^- `(\w+)` \((.*?)\)/gm), ([, name, rest]) => ({ name: name!, default: /default: (\w+)/.exec(rest!)?.[1] })),
    ...(example && { request: { json: example.body } }),
    ...(form && { request: { form: Array.from(form.matchAll(/^- `(\w+)`/gm), ([, name]) => name!) } }),
    responses: labelled(section, 'Response'),
    errors: labelled(section, 'Error'),
  };
}

function readMessage(section: string): DocumentedMessage | undefined {
  const [, name] = /^`(\w+:\w+)` - /.exec(section) ?? [];
  return name ? { name, message: labelled(section, 'Message')[0]!.body } : undefined;
}

/** The examples under a label such as `**Error (404):**`. */
const labelled = (section: string, label: string): DocumentedBody[] =>
  Array.from(section.matchAll(new RegExp(`^\\*\\*${label}(?: \\((\\d+)\\))?:\\*\\*\\n\`\`\`json\\n([^]*?)^\`\`\``, 'gm')),
    ([, status, json]) => ({ status: Number(status ?? 0), body: parseExample(json!) }));

const examplesIn = (section: string): any[] => Array.from(section.matchAll(/^```json\n([^]*?)^```/gm), ([, json]) => parseExample(json!));

/** The document shortens with `[...]` and explains with `//`. */
const parseExample = (text: string): any => JSON.parse(text.replaceAll('[...]', '[]').replace(/^\s*\/\/.*$/gm, ''));
