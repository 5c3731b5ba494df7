import { t } from '../../texts';
import { formatSize } from '../../texts/format';
import type { UploadRulesData } from './memory.operations';

type Rules = UploadRulesData['uploadRules'];

/** `PDF, DOCX, …` */
export const kindsOf = ({ extensions }: Rules) => extensions.map((extension) => extension.toUpperCase()).join(', ');

/** What a dialog for files is to offer. */
export const acceptOf = ({ extensions }: Rules) => [...extensions.map((extension) => `.${extension}`), 'text/*'].join(',');

/** Why the server would refuse a file, as far as that can be told without sending it; null when it may be sent. */
export async function refusalOf(file: File, rules: Rules): Promise<string | null> {
  if (file.size > rules.maxBytes) return t.memory.tooLarge(formatSize(file.size), formatSize(rules.maxBytes));
  try {
    const head = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
    if (head.length === 0) return t.memory.emptyFile;
    const isKnown = rules.extensions.includes(file.name.split('.').at(-1)!.toLowerCase());
    return isKnown || isText(head) ? null : t.memory.wrongKind(kindsOf(rules));
  } catch {
    return t.memory.unreadable;
  }
}

/** Other files than text have zeros early on; so has UTF-16, which begins with a mark. */
const isText = (head: Uint8Array) => !head.includes(0) || (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
