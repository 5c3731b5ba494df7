import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeEmbeddings, embed, Embedder, embeddingDimensions, embeddingWindow } from '../../../src/embeddings/embeddings.js';
import { modelFolder } from '../../../src/embeddings/model.js';
import { projectRoot } from '../../../src/root.js';

interface Reference {
  text: string;
  repeat?: number;
  tokens: number;
  /** The first numbers of the vector that the Python packages `tokenizers` and `onnxruntime` make of the same files. */
  starts: number[];
}
const references = JSON.parse(readFileSync(join(projectRoot, 'test', 'src', 'embeddings', 'referenceVectors.json'), 'utf8')) as Reference[];

const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const one = async (text: string) => (await embed([text]))[0]!;
const whenIsTrue = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
};
const isAlive = (processId: number) => {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
};

describe('embed', () => {
  after(closeEmbeddings);

  it('refuses what is no string, and says which', async () => {
    await assert.rejects(embed(['fine', 7 as unknown as string]), /number 1 is number/);
    await assert.rejects(embed([undefined as unknown as string]), TypeError);
  });

  it('gives no vectors for no texts', async () => {
    assert.deepEqual(await embed([]), []);
  });

  it('gives unit vectors for empty, blank, broken and odd text', async () => {
    const odd = ['', ' \n\t', '\0', '\ud800', 'a\udc00b', '\u202eabc', '👩‍👩‍👧', 'e\u0301'.repeat(50), '<script>', '🫥'.repeat(6000), 'x'.repeat(200_000)];
    const vectors = await embed(odd);
    assert.equal(vectors.length, odd.length);
    for (const [i, vector] of vectors.entries()) {
      assert.equal(vector.length, embeddingDimensions);
      assert.ok(Math.abs(cosine(vector, vector) - 1) < 1e-5, JSON.stringify(odd[i]!.slice(0, 20)));
    }
  });

  it('reads the first 256 tokens of a long text', async () => {
    const start = 'budget '.repeat(embeddingWindow);
    assert.deepEqual(await one(`${start} and then the weather`), await one(`${start} and then the cat`));
    assert.notDeepEqual(await one('budget and then the weather'), await one('budget and then the cat'));
  });

  it('agrees with the Python reference', async () => {
    const vectors = await embed(references.map(({ text, repeat }) => text.repeat(repeat ?? 1)));
    for (const [i, { text, starts }] of references.entries()) {
      starts.forEach((expected, j) => assert.ok(Math.abs(vectors[i]![j]! - expected) < 1e-4, `${JSON.stringify(text)}[${j}]: ${vectors[i]![j]} instead of ${expected}`));
    }
  });

  it('gives the same vector each time, in any company and by any process', async () => {
    const first = await one('make slides for my boss');
    const many = await embed([...Array.from({ length: 20 }, (_, i) => `text ${i} `.repeat(i + 1)), 'make slides for my boss']);
    assert.deepEqual(many.at(-1), first);
    await closeEmbeddings();
    assert.deepEqual(await one('make slides for my boss'), first);
  });

  it('keeps the order of the texts and answers callers side by side', async () => {
    const texts = Array.from({ length: 25 }, (_, i) => `sentence number ${i}`);
    const [all, single] = await Promise.all([embed(texts), one(texts[7]!)]);
    assert.equal(all.length, 25);
    assert.deepEqual(all[7], single);
    assert.notDeepEqual(all[8], single);
  });

  it('puts a text of like meaning nearer than one of other meaning', async () => {
    const [question, near, far] = await embed(['How do I get my money back?', 'Our refund policy', 'The cat sleeps on the roof']);
    assert.ok(cosine(question!, near!) > cosine(question!, far!) + 0.3);
  });
});

describe('Embedder', () => {
  it('says what to do when the model is missing, and still works for others', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'model-'));
    const embedder = new Embedder({ modelFolder: empty, idleTime: 60_000 });
    try {
      for (const text of ['once', 'again']) {
        await assert.rejects(embedder.embed([text]), { code: 'SERVICE_UNAVAILABLE', message: /model is missing.*model\.onnx.*Copy the folder models\// });
      }
    } finally {
      await embedder.close();
      await rm(empty, { recursive: true });
    }
  });

  it('starts no process before the first text and ends it when idle', async () => {
    const embedder = new Embedder({ modelFolder, idleTime: 50 });
    await embedder.embed([]);
    assert.equal(embedder.processId, undefined);
    const vectors = await embedder.embed(['hello']);
    const processId = embedder.processId!;
    await whenIsTrue(() => embedder.processId === undefined && !isAlive(processId));
    assert.deepEqual(await embedder.embed(['hello']), vectors);
    await embedder.close();
  });

  it('rejects what was under way when its process is lost, and starts another', async () => {
    const embedder = new Embedder({ modelFolder, idleTime: 60_000 });
    const cut = embedder.embed(['never answered']);
    process.kill(embedder.processId!, 'SIGKILL');
    await assert.rejects(cut, { code: 'SERVICE_UNAVAILABLE', message: /SIGKILL/ });
    assert.equal((await embedder.embed(['answered'])).length, 1);
    await embedder.close();
  });

  it('starts another when a text comes while the last one is being closed', async () => {
    const embedder = new Embedder({ modelFolder, idleTime: 60_000 });
    const first = await embedder.embed(['hello']);
    const closed = embedder.close();
    assert.deepEqual(await embedder.embed(['hello']), first);
    await closed;
    await embedder.close();
  });

  it('close() is safe twice, when nothing runs and while something runs', async () => {
    const embedder = new Embedder({ modelFolder, idleTime: 60_000 });
    await embedder.close();
    const cut = assert.rejects(embedder.embed(['under way']), { code: 'SERVICE_UNAVAILABLE' });
    await Promise.all([embedder.close(), embedder.close(), cut]);
    assert.equal(embedder.processId, undefined);
  });
});
