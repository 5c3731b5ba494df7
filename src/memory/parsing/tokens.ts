import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { modelFolder } from '../../embeddings/model.js';

/** How many tokens a text has. */
export type CountTokens = (text: string) => number;

/** Counts as the embedding model does, without the two marks at the ends of a text, so that counts can be added up. */
export function tokenCounter(): CountTokens {
  const tokenizer = new Tokenizer(JSON.parse(readFileSync(join(modelFolder, 'tokenizer.json'), 'utf8')), {});
  return (text) => Math.max(0, tokenizer.encode(text).ids.length - 2);
}
