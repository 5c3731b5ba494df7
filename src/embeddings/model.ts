import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import { projectRoot } from '../root.js';

/** How many numbers a vector of this model has. */
export const embeddingDimensions = 384;

/** How many tokens of a text count, the two marks at its ends among them; what follows is not read. */
export const embeddingWindow = 256;

/** Where the weights lie; origin, licence and checksums are in the README there. */
export const modelFolder = join(projectRoot, 'models', 'all-MiniLM-L6-v2');

/** More characters than any 256 tokens of prose need, so that a book is not cut into tokens for its first page. */
const charactersRead = 10_000;

export interface Model {
  /** A unit vector for the text. The same text always gives the same vector. */
  embedText(text: string): Promise<Float32Array>;
}

/**
 * Loads the sentence model: WordPiece tokens, one pass of the network, the mean over all tokens, scaled to length 1
 * (Reimers and Gurevych 2019, "Sentence-BERT"). Texts go through one by one, never padded to a common length: a vector
 * then does not depend on the company it was made in, and no work is spent on padding.
 *
 * @throws Error with a sentence for the operator when a file is missing or the runtime does not load on this machine.
 */
export async function loadModel(folder = modelFolder): Promise<Model> {
  for (const file of ['model.onnx', 'tokenizer.json']) {
    if (!existsSync(join(folder, file))) {
      throw new Error(`The embedding model is missing: there is no ${join(folder, file)}. Copy the folder models/ from the repository again.`);
    }
  }
  const [runtime, { Tokenizer }] = await Promise.all([loadRuntime(), import('@huggingface/tokenizers')]);
  const tokenizer = new Tokenizer(JSON.parse(await readFile(join(folder, 'tokenizer.json'), 'utf8')), {});
  const session = await runtime.InferenceSession.create(join(folder, 'model.onnx'), sessionOptions);

  return {
    async embedText(text) {
      const tokens = withinWindow(tokenizer.encode(text.slice(0, charactersRead)).ids);
      const row = (values: number[]) => new runtime.Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
      const output = await session.run({
        input_ids: row(tokens),
        attention_mask: row(tokens.map(() => 1)),
        token_type_ids: row(tokens.map(() => 0)),
      });
      return unitMean(output.last_hidden_state.data as Float32Array, tokens.length);
    },
  };
}

const sessionOptions: InferenceSession.SessionOptions = {
  // Half the cores and at most four: the rest belongs to whoever waits for an answer.
  intraOpNumThreads: Math.min(4, Math.max(1, Math.floor(availableParallelism() / 2))),
  logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
};

async function loadRuntime(): Promise<typeof import('onnxruntime-node')> {
  try {
    return await import('onnxruntime-node');
  } catch (error) {
    throw new Error(`The embedding runtime onnxruntime-node does not load on this machine: ${(error as Error).message}`, { cause: error });
  }
}

/** Cuts the middle out of what is too long and keeps the mark at the end, which the model expects. */
function withinWindow(tokens: number[]): number[] {
  return tokens.length <= embeddingWindow ? tokens : [...tokens.slice(0, embeddingWindow - 1), tokens[tokens.length - 1]!];
}

/** @param states token after token, `embeddingDimensions` numbers each */
function unitMean(states: Float32Array, tokenCount: number): Float32Array {
  const sum = new Float64Array(embeddingDimensions);
  for (let token = 0; token < tokenCount; token++) {
    for (let i = 0; i < embeddingDimensions; i++) sum[i]! += states[token * embeddingDimensions + i]!;
  }
  const length = Math.sqrt(sum.reduce((total, value) => total + value * value, 0)) || 1;
  return Float32Array.from(sum, (value) => value / length);
}
