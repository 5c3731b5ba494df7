/**
 * Traces: what was done for a request, by whichever process, and how long each part took. Nothing of it is there until
 * `startTracing` has loaded OpenTelemetry; until then the work is simply done.
 */

/** What a span tells; the names are OpenTelemetry's where it has one. */
export type Attributes = Record<string, string | number | boolean | undefined>;

export interface Span {
  set(attributes: Attributes): void;
  rename(name: string): void;
  /** @param type a code or a name, of which there are only so many */
  fail(type: string, message?: string | null): void;
}

export interface SpanOptions {
  /** Of a request that comes in, or that goes out. */
  kind?: 'server' | 'client';
  attributes?: Attributes;
  /** The W3C `traceparent` of the span that it belongs to, null for none; that which is under way unless given. */
  parent?: string | null;
}

export interface Tracer {
  span<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T>;
  /** The `traceparent` of the span under way. */
  current(): string | null;
  /** Sends what was not sent yet. */
  stop(): Promise<void>;
}

export interface TracingSettings {
  /** The address of a collector that takes OTLP over HTTP, without `/v1/traces`. */
  endpoint?: string;
  /** Headers that the collector asks for: `name=value,name=value`, percent-encoded. */
  headers?: string;
  serviceName: string;
  exporter?: 'otlp' | 'none';
}

let tracer: Tracer | undefined;

/** Begins to trace when the settings name a collector or ask for it. Loads nothing otherwise. */
export async function startTracing(settings: TracingSettings): Promise<void> {
  if (settings.exporter === 'none' || !(settings.endpoint || settings.exporter)) return;
  const { createTracer } = await import('./openTelemetry.js');
  tracer = createTracer(settings);
}

/** Ends tracing, if there is any. */
export async function stopTracing(): Promise<void> {
  const stopping = tracer;
  tracer = undefined;
  await stopping?.stop();
}

export const isTracing = (): boolean => tracer !== undefined;

const noSpan: Span = { set: () => {}, rename: () => {}, fail: () => {} };

/** Does the work as a span, which fails when the work does. */
export const traced = <T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> =>
  tracer ? tracer.span(name, options, work) : work(noSpan);

/** The W3C `traceparent` of what is under way, for whoever goes on with it; null when nothing is traced. */
export const currentTrace = (): string | null => tracer?.current() ?? null;
