import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { currentTraceId } from './tracing.js';

/** Structured logging: JSON lines, one event each. */
export type Logger = PinoLogger;

// A last line of defence: nothing below these keys is ever logged, whichever code passes it.
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

const MAX_MESSAGE = 300;

// Never a stack, and of a message only the last line: a driver's own begins with the query it ran.
const describeError = (error: unknown): object => {
  if (!(error instanceof Error)) return { message: 'not an Error' };
  const { name, message } = error;
  // A parser's message repeats what it read, which anybody may have sent.
  const lastLine =
    error instanceof SyntaxError
      ? 'the text cannot be parsed'
      : (message.trim().split('\n').at(-1) ?? '');
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const cause = error.cause instanceof Error ? { cause: describeError(error.cause) } : {};
  return { name, ...code, message: lastLine.slice(0, MAX_MESSAGE), ...cause };
};

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
