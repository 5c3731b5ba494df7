import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PlatformError } from '../errors.js';
import { modelFolder } from './model.js';
import type { EmbedAnswer, EmbedRequest } from './modelProcess.js';

export { embeddingDimensions, embeddingWindow } from './model.js';

export interface EmbedderSettings {
  /** Where the weights lie. */
  modelFolder: string;
  /** How long the model stays in memory unused, in milliseconds. */
  idleTime: number;
}

/** Few enough that someone's search waits for one slice of a large document, not for all of it. */
const sliceLength = 4;

interface Waiting {
  resolve(vectors: Float32Array[]): void;
  reject(error: Error): void;
}

/**
 * Vectors from a model in a process of its own: the event loop stays free, a crash in native code stays outside, and
 * when the process is ended after some idle minutes the memory (some 250 MB) really is given back, which ending a
 * worker thread does not do. The process starts with the first text that is asked for.
 */
export class Embedder {
  private child?: ChildProcess;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private idleTimer?: NodeJS.Timeout;
  /** Resolves when the process that was closed last has gone. */
  private gone = Promise.resolve();

  constructor(private readonly settings: EmbedderSettings) {}

  /** The id of the process that holds the model, or undefined while none does. */
  get processId(): number | undefined {
    return this.child?.pid;
  }

  /** See `embed` below. */
  async embed(texts: string[]): Promise<Float32Array[]> {
    const wrong = texts.findIndex((text) => typeof text !== 'string');
    if (wrong !== -1) throw new TypeError(`embed takes strings; number ${wrong} is ${typeof texts[wrong]}`);
    const vectors: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += sliceLength) {
      vectors.push(...(await this.ask(texts.slice(start, start + sliceLength))));
    }
    return vectors;
  }

  /** Ends the process and resolves when it has gone; what was under way is rejected. A later `embed` starts a new one. */
  close(): Promise<void> {
    clearTimeout(this.idleTimer);
    const child = this.child;
    if (child) {
      this.gone = new Promise((resolve) => child.once('exit', () => resolve()));
      this.forget(child, 'it was closed');
      child.ref();
      child.kill('SIGKILL');
    }
    return this.gone;
  }

  private ask(texts: string[]): Promise<Float32Array[]> {
    clearTimeout(this.idleTimer);
    const child = (this.child ??= this.start());
    const request: EmbedRequest = { id: ++this.lastId, texts };
    return new Promise((resolve, reject) => {
      this.waiting.set(request.id, { resolve, reject });
      // Only a process that somebody waits for keeps the program alive.
      child.ref();
      child.channel?.ref();
      child.send(request, (error) => error && this.settle({ id: request.id, error: error.message }));
    });
  }

  private start(): ChildProcess {
    const child = fork(fileURLToPath(new URL('./modelProcess.js', import.meta.url)), [this.settings.modelFolder], {
      serialization: 'advanced',
      execArgv: [],
      // Nothing of the environment: keys and secrets are no business of a process that reads users' texts.
      env: {},
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.on('message', (answer: EmbedAnswer) => this.settle(answer));
    child.on('error', (error) => this.forget(child, error.message));
    child.on('exit', (code, signal) => this.forget(child, `it ended with ${signal ?? `code ${code}`}`));
    return child;
  }

  private settle(answer: EmbedAnswer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if ('vectors' in answer) waiting?.resolve(answer.vectors);
    else waiting?.reject(unavailable(answer.error));
    if (this.waiting.size === 0) this.rest();
  }

  /** Nobody waits: the program may end, and after a while the process does. */
  private rest(): void {
    this.child?.unref();
    this.child?.channel?.unref();
    clearTimeout(this.idleTimer);
    this.idleTimer = setTimeout(() => void this.close(), this.settings.idleTime).unref();
  }

  /** From here on the next text starts a new process; what waits for this one is rejected. */
  private forget(child: ChildProcess, reason: string): void {
    if (this.child !== child) return;
    this.child = undefined;
    const cut = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of cut) reject(unavailable(`The embedding process was lost: ${reason}`));
  }
}

const unavailable = (message: string) => new PlatformError('SERVICE_UNAVAILABLE', message);

const embedder = new Embedder({ modelFolder, idleTime: 3 * 60_000 });

/**
 * One unit vector of `embeddingDimensions` numbers for each text, in the same order. Texts near in meaning have vectors
 * near in direction: for unit vectors the dot product is the cosine. The same text always gives the same vector; the
 * empty text has one too; of a long text the first `embeddingWindow` tokens count.
 *
 * @throws PlatformError SERVICE_UNAVAILABLE, with a sentence for the operator, when the model is missing or does not run here
 * @throws TypeError when something is no string
 */
export const embed = (texts: string[]): Promise<Float32Array[]> => embedder.embed(texts);

/** Ends the model's process, for a program that stops. Safe to call twice, and when nothing was ever embedded. */
export const closeEmbeddings = (): Promise<void> => embedder.close();
