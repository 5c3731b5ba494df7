/**
 * One HTTP request to a provider, seen from below the SDK: it counts bytes, because pings and other
 * events that the SDKs swallow prove that the other side is alive, and it remembers what went wrong on the wire,
 * because the SDKs end a stream silently when it is aborted and wrap what the network says.
 */
export class Transport {
  /** Given to the SDK: aborted by the caller or by silence. */
  readonly signal: AbortSignal;
  /** Nothing came for the whole of `stallMs`. */
  stalled = false;
  /** The body of the response broke off. */
  broken = false;
  /** What the network said when no response came at all. */
  unreachable: unknown;
  /** The response says of itself that it is a stream of events. */
  eventStream = false;

  readonly stallMs: number;
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly caller: AbortSignal,
    stallMs: number,
  ) {
    this.stallMs = stallMs;
    this.signal = this.controller.signal;
    if (caller.aborted) this.abort();
    else caller.addEventListener('abort', this.abort, { once: true });
    this.alive();
  }

  /** Takes the place of the global `fetch` inside the SDK. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await globalThis.fetch(input, init).catch((error: unknown) => {
      if (!this.signal.aborted) this.unreachable = error;
      throw error;
    });
    this.alive();
    this.eventStream = /^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '');
    if (!response.body) return response;
    const { status, statusText, headers } = response;
    return new Response(this.watched(response.body, init?.signal), { status, statusText, headers });
  };

  /** Stops the clock and lets go of the caller's signal. */
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.caller.removeEventListener('abort', this.abort);
  }

  private readonly abort = (): void => this.controller.abort();

  private alive(): void {
    clearTimeout(this.timer);
    // A last piece may arrive after the SDK has stopped reading.
    if (this.closed) return;
    this.timer = setTimeout(() => {
      this.stalled = true;
      this.abort();
    }, this.stallMs);
  }

  private watched(body: ReadableStream<Uint8Array>, ours: AbortSignal | null | undefined): ReadableStream<Uint8Array> {
    const reader = body.getReader();
    return new ReadableStream<Uint8Array>({
      pull: async (sink) => {
        const { done, value } = await reader.read().catch((error: unknown) => {
          // The SDK closes a stream that it has no more use for; only the other side breaks one.
          this.broken ||= !ours?.aborted;
          throw error;
        });
        if (done) return sink.close();
        this.alive();
        sink.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    });
  }
}
