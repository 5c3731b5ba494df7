import { context, diag, DiagLogLevel, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context, type Span as OtelSpan } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { logger } from '../logger.js';
import type { Span, SpanOptions, Tracer, TracingSettings } from './tracing.js';

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT };

/** How long a collector that does not answer is waited for at the end, in milliseconds. */
const longestStop = 2000;

/** Traces by OpenTelemetry, sent in batches by OTLP over HTTP. Its SDK reads what else there is of OTEL_* in the environment. */
export function createTracer({ endpoint, headers, serviceName }: TracingSettings): Tracer {
  const warn = (message: string, ...more: unknown[]) => logger.warn({ more }, `OpenTelemetry: ${message}`);
  diag.setLogger({ error: warn, warn, info: () => {}, debug: () => {}, verbose: () => {} }, DiagLogLevel.WARN);
  const url = endpoint && `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const exporter = new OTLPTraceExporter({ ...(url && { url }), ...(headers && { headers: pairsOf(headers) }) });
  const resource = defaultResource().merge(resourceFromAttributes({ 'service.name': serviceName }));
  const provider = new NodeTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(exporter)] });
  provider.register();
  const tracer = provider.getTracer('persona-platform');
  return {
    span: (name, { kind, attributes, parent }, work) =>
      tracer.startActiveSpan(name, { kind: kind && kinds[kind], attributes }, contextOf(parent), (span) => finished(span, work)),
    current() {
      const carrier: { traceparent?: string } = {};
      propagation.inject(context.active(), carrier);
      return carrier.traceparent ?? null;
    },
    async stop() {
      await Promise.race([provider.shutdown().catch(() => {}), new Promise((resolve) => setTimeout(resolve, longestStop).unref())]);
      for (const api of [trace, context, propagation, diag]) api.disable();
    },
  };
}

const contextOf = (parent: SpanOptions['parent']): Context =>
  parent === undefined ? context.active() : propagation.extract(ROOT_CONTEXT, { traceparent: parent ?? undefined });

async function finished<T>(span: OtelSpan, work: (span: Span) => Promise<T>): Promise<T> {
  const ours: Span = {
    set: (attributes) => void span.setAttributes(attributes),
    rename: (name) => void span.updateName(name),
    fail: (type, message) => void span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR, message: message ?? undefined }),
  };
  try {
    return await work(ours);
  } catch (error) {
    const { code, kind, name, message } = error as Error & { code?: string; kind?: string };
    ours.fail(code ?? kind ?? name, message);
    throw error;
  } finally {
    span.end();
  }
}

const pairsOf = (headers: string): Record<string, string> =>
  Object.fromEntries([...headers.matchAll(/([^=,]+)=([^,]*)/g)].map(([, name, value]) => [name!.trim(), decodeURIComponent(value!.trim())]));
