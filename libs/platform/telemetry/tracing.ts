import { context, SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

const tracer = trace.getTracer('gatehouse');

/** Gives spans ids and a context that follows promises; call it once, first thing in a process. */
export const startTracing = (): void => {
  new NodeTracerProvider().register();
};

/** The trace that the current work belongs to (32 hex digits), or undefined outside of one. */
export const currentTraceId = (): string | undefined =>
  trace.getSpan(context.active())?.spanContext().traceId;

const errorType = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
};

/** Runs `work` in a span; a throw marks the span with the error's code or name, never its message. */
export const withSpan = async <T>(
  name: string,
  attributes: Attributes,
  work: (span: Span) => Promise<T>,
): Promise<T> =>
  tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setAttribute('error.type', errorType(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
