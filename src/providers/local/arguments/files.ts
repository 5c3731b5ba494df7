import { basename } from 'node:path/posix';
import { pointsOf } from '../summarise.js';
import { capitalise, fileStem } from '../wording.js';
import type { Made, Material } from './made.js';

/** As tools want it: below `/workspace` unless it begins with a slash. Whether it may be used is the tool's business. */
export const workspacePath = (name: string): string => (name.startsWith('/') ? name : `/workspace/${name.replace(/^\.\//, '')}`);

/** Arguments of `read_file`: the file of the clause, in one piece where the tool allows it. */
export function readArguments(material: Material): Made {
  const file = material.action?.file;
  if (!file) return { problem: 'I need the name of the file to read' };
  return { arguments: { path: workspacePath(file), limit: 100_000 } };
}

/** Arguments of `list_files`: the folder that the clause names, else the whole workspace. */
export function listArguments(material: Material): Made {
  const folder = /\b(?:in|of|inside)\s+(?:the\s+)?(?:folder\s+)?["']?((?:\/workspace\/)?[\w-]+(?:\/[\w-]+)*\/?)["']?(?:\s+folder)?\s*\??$/i.exec(material.clause)?.[1];
  const named = folder && !/^(?:here|there|it|folder|workspace|directory|the|my|all|this|project|tree)$/i.test(folder) ? workspacePath(folder.replace(/\/$/, '')) : null;
  return { arguments: { ...(named ? { path: named } : {}), recursive: true } };
}

/** Arguments of `write_file`: the text that the request brings, or a summary of what was read when it asks for one. */
export function writeArguments(material: Material): Made {
  const { request, action, sources } = material;
  const content = contentFor(material);
  if (!content) return { problem: 'I found no text to write: put it after a colon, for example "save this to notes.txt: …"' };
  const name = action?.file ?? `${fileStem(request.topic.subject || basename(sources[0]?.name ?? 'notes').replace(/\.\w+$/, ''))}.txt`;
  return { arguments: { path: workspacePath(name), content: content.endsWith('\n') ? content : `${content}\n` } };
}

function contentFor({ request, sources, clause, outline }: Material): string {
  const quoted = /["“]([^"”]{2,})["”]/.exec(request.instruction)?.[1];
  if (request.material || quoted) return request.material || quoted!;
  const text = sources.map((source) => source.text).filter(Boolean).join('\n\n');
  if (text) return /\bsummar|\bshort|\bkey\b|\bmain\b/i.test(request.instruction) ? pointsOf(text.split('\n'), 8).map((point) => `- ${point}`).join('\n') : text;
  // "write the agenda of … to agenda.md" brings no text but has a structure.
  if (!request.deliverables.length) return '';
  return /\.(?:txt|md)\b/i.test(clause) ? [`# ${outline.title}`, ...outline.sections.flatMap((section) => ['', `## ${capitalise(section.title)}`, ...section.bullets.map((bullet) => `- ${bullet}`)])].join('\n') : '';
}
