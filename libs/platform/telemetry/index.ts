export { createLogger, type Logger } from './logger.js';
export { currentTraceId, startTracing, withSpan } from './tracing.js';
export { collectProcessMetrics, counter, durationHistogram, gauge, metrics } from './metrics.js';
