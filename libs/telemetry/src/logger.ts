import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { currentTraceId } from './tracing.js';

/** Structured logging: JSON lines, one event each. */
export type Logger = PinoLogger;

// A last line of defence: nothing below these keys is ever logged, whoever passes it.
const SECRET_KEYS = [
  'authorization',
  'cookie',
  'token',
  'password',
  'secret',
  'arguments',
  'result',
];
const REDACT = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

const describeError = (error: unknown): object =>
  error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack }
    : { message: 'not an Error' };

/** A logger at `level`; each line carries the trace it belongs to. */
export const createLogger = (
  options: { level: string; name: string },
  destination?: DestinationStream,
): Logger =>
  pino(
    {
      name: options.name,
      level: options.level,
      redact: { paths: REDACT, censor: '[redacted]' },
      serializers: { err: describeError },
      mixin: () => {
        const traceId = currentTraceId();
        return traceId === undefined ? {} : { traceId };
      },
    },
    destination ?? pino.destination(2),
  );
