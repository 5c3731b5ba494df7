import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { projectRoot } from '../../src/root.js';

const folder = join(projectRoot, 'client/src/texts');
/** Patterns of the server's English sentences: English needs none, and another language has as many as it knows. */
const ownToEach = new Set(['sentences']);
/** Words that German writes as English does. */
const same = new Set([
  'Persona Platform', 'Personas', 'Persona', 'Agent', 'Name', 'Status', 'Web', 'Mail', 'System', 'Administrator', 'PowerPoint', 'PDF', 'ID', 'URL',
  'SHA-256', 'HTML', 'CSV', 'JSON', 'RAG', 'HTTP', 'SQL', 'IMAP', 'SMTP', 'VNC', 'NDJSON', 'API', 'Uploads', 'Browser', 'Desktop', 'Port',
]);
/** Examples of what to type that are in no language. */
const example = /^(\d+|[a-z]+\.example\.com|\/\S+)$/;

/** Every text by its path: `runs.status.failed`. A function is called, so that what it says is compared too. */
function* walk(value: unknown, path: string[] = []): Generator<{ path: string; kind: string; text?: string }> {
  if (ownToEach.has(path[0]!)) return;
  if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* walk(inner, [...path, key]);
  } else if (typeof value === 'function') {
    const answer = said(value as (...values: unknown[]) => unknown);
    if (typeof answer === 'object') yield* walk(answer, path);
    else yield { path: path.join('.'), kind: `function of ${value.length}`, text: String(answer) };
  } else {
    yield { path: path.join('.'), kind: typeof value, text: String(value) };
  }
}

/** What a function of texts says of numbers; of words or lists, where it takes no numbers. */
function said(say: (...values: unknown[]) => unknown): unknown {
  for (const given of [2, 'x', ['x']]) {
    try {
      return say(...Array<unknown>(Math.max(1, say.length)).fill(given));
    } catch {
      // It takes something else.
    }
  }
  assert.fail(`cannot be called: ${say}`);
}

describe('the client: texts', function () {
  this.timeout(30_000);
  const languages: Record<string, object> = {};
  before('load both languages', async () => {
    for (const name of ['en', 'de']) {
      const { module } = await runnerImport<Record<string, object>>(join(folder, name, 'index.ts'), { configFile: false, logLevel: 'error' });
      languages[name] = module[name]!;
    }
  });
  const textsOf = (name: string) => [...walk(languages[name])];

  it('has the same files in each language', () => {
    assert.deepEqual(readdirSync(join(folder, 'de')), readdirSync(join(folder, 'en')));
  });

  it('says the same things in each language', () => {
    const shape = (name: string) => textsOf(name).map(({ path, kind }) => `${path}: ${kind}`).sort();
    assert.deepEqual(shape('de'), shape('en'));
  });

  it('leaves nothing empty and nothing untranslated', () => {
    const english = new Map(textsOf('en').map(({ path, text }) => [path, text]));
    const untranslated = textsOf('de').filter(({ path, text }) => !text || (english.get(path) === text && !same.has(text) && !example.test(text) && !path.startsWith('spelling.')));
    assert.deepEqual(untranslated, []);
  });

  it('names no word as the same in both that is not', () => {
    const english = new Map(textsOf('en').map(({ path, text }) => [path, text]));
    const equal = new Set(textsOf('de').filter(({ path, text }) => english.get(path) === text).map(({ text }) => text!));
    assert.deepEqual([...same].filter((word) => !equal.has(word)), []);
  });

  it('counts in the way of each language', () => {
    const { runs, personas } = languages.de as { runs: { count(n: number): string }; personas: { agentCount(n: number): string } };
    assert.deepEqual([runs.count(1), runs.count(2), personas.agentCount(0)], ['1 Lauf', '2 Läufe', '0 Agenten']);
  });

  it("translates the server's sentences, of each field by one rule", () => {
    const { sentences } = languages.de as { sentences: [RegExp, string][] };
    const german = (sentence: string) => sentence.replace(...(sentences.find(([pattern]) => pattern.test(sentence)) ?? assert.fail(sentence)));
    assert.equal(german('Name is required'), 'Bitte ausfüllen');
    assert.equal(german('System prompt must have at most 32000 characters'), 'Höchstens 32000 Zeichen');
    assert.equal(german('Default provider must be one of local, openai'), 'Möglich sind: local, openai');
    assert.equal(german('The run is completed and cannot be cancelled'), 'Der Lauf ist schon beendet');
  });
});
