/** A piece of a document that `search_memory` found. */
export interface Passage {
  documentId: string;
  documentName: string;
  text: string;
  page?: number;
  headings?: string[];
  similarity: number;
}

const isPassage = (value: unknown): value is Passage => {
  const { documentName, text } = (value ?? {}) as Record<string, unknown>;
  return typeof documentName === 'string' && typeof text === 'string';
};

/** What a call of `search_memory` found. */
export function passagesOf(output: Record<string, unknown> | null): Passage[] {
  return Array.isArray(output?.passages) ? output.passages.filter(isPassage) : [];
}

/** Shorter names stand in too many texts by chance. */
const shortestName = 4;

/** Those passages whose document an answer names, each once, the nearest first. */
export function citedIn(answer: string, passages: readonly Passage[]): Passage[] {
  const words = answer.toLowerCase();
  const isNamed = ({ documentName }: Passage) => {
    const name = documentName.toLowerCase();
    const stem = name.replace(/\.\w{1,5}$/, '');
    return words.includes(name) || (stem.length >= shortestName && words.includes(stem));
  };
  const each = new Map(passages.filter(isNamed).map((passage) => [`${passage.documentId} ${passage.text}`, passage]));
  return [...each.values()].toSorted((a, b) => b.similarity - a.similarity);
}
