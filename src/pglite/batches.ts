/**
 * Cuts what a client writes into whole batches of the PostgreSQL wire protocol (version 3, chapter "Frontend/Backend
 * Protocol"). PGlite runs to completion on what it is given and takes the end of its input for the end of the
 * connection, so it must never see half a message, nor a batch without its Sync.
 */
const query = 0x51; // 'Q', a batch by itself
const sync = 0x53; // 'S', ends a batch of Parse, Bind, Describe, Execute, …
const functionCall = 0x46; // 'F', a batch by itself
const terminate = 0x58; // 'X'

const endsBatch = (type: number) => type === query || type === sync || type === functionCall || type === terminate;

export class Batches {
  #pending: Buffer = Buffer.alloc(0);
  /** Where in #pending the next unseen message starts. */
  #seen = 0;
  #started = false;

  /**
   * Takes the next bytes from the client.
   * @returns all batches complete by now, one behind the other in memory of their own (fit to be transferred to another
   * thread), or undefined when there is none yet.
   */
  add(chunks: Buffer[]): Uint8Array<ArrayBuffer> | undefined {
    this.#pending = Buffer.concat(this.#pending.length > 0 ? [this.#pending, ...chunks] : chunks);
    const end = this.#lastBatchEnd();
    if (end === 0) return undefined;
    const whole = new Uint8Array(end);
    whole.set(this.#pending.subarray(0, end));
    this.#pending = this.#pending.subarray(end);
    this.#seen -= end;
    return whole;
  }

  #lastBatchEnd(): number {
    let batchEnd = 0;
    for (;;) {
      // The startup message, the first of a connection, is the only one without a type byte before its length.
      const lengthAt = this.#started ? this.#seen + 1 : this.#seen;
      if (this.#pending.length < lengthAt + 4) return batchEnd;
      const messageEnd = lengthAt + this.#pending.readInt32BE(lengthAt);
      if (this.#pending.length < messageEnd) return batchEnd;
      if (!this.#started || endsBatch(this.#pending[this.#seen]!)) batchEnd = messageEnd;
      this.#started = true;
      this.#seen = messageEnd;
    }
  }
}
