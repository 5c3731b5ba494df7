import { t } from '../../texts';

/** Where a passage stands in its document. */
export interface Place {
  page: string | null;
  headings: string[];
  /** From 0. */
  chunkIndex: number;
}

/** Reads what the server tells of a passage's place; presentations have slides where others have pages. */
export function placeOf(metadata: Record<string, unknown>, documentName: string): Place {
  const { page, headings, chunkIndex } = metadata;
  const pageText = documentName.toLowerCase().endsWith('.pptx') ? t.memory.slide : t.memory.page;
  return {
    page: typeof page === 'number' ? pageText(page) : null,
    headings: Array.isArray(headings) ? headings.map(String) : [],
    chunkIndex: typeof chunkIndex === 'number' ? chunkIndex : 0,
  };
}
