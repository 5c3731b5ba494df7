import { Duplex } from 'node:stream';
import type { MessagePort } from 'node:worker_threads';
import { Batches } from './batches.js';
import type { PortMessage } from './messages.js';

/** What the `pg` driver takes for its socket: the wire protocol over a MessagePort to the worker. */
export class PortStream extends Duplex {
  readonly #port: MessagePort;
  readonly #batches = new Batches();

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on('message', (message: PortMessage) => {
      if (message instanceof Uint8Array) this.push(message);
      else this.destroy(new Error(`The embedded database ended the session: ${message.broken}`));
    });
    // Destroying the stream closes the port too, and is then the first to be told; otherwise the worker is gone.
    port.once('close', () => this.destroy(new Error('The embedded database has stopped')));
  }

  connect(): this {
    process.nextTick(() => this.emit('connect'));
    return this;
  }

  override _read(): void {
    // The worker pushes: an answer is complete in its memory before the first byte of it comes here.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#send([chunk]);
    done();
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#send(chunks.map(({ chunk }) => chunk));
    done();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#port.close();
    done(error);
  }

  #send(chunks: Buffer[]): void {
    const batches = this.#batches.add(chunks);
    if (batches) this.#port.postMessage(batches, [batches.buffer]);
  }

  // A socket has these and the driver calls them; there is no network here that they could speak of.
  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    this.#port.ref();
    return this;
  }

  unref(): this {
    this.#port.unref();
    return this;
  }
}
