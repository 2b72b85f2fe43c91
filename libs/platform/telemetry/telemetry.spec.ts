import { describe, expect, it } from 'vitest';
import { createLogger, currentTraceId, startTracing, withSpan } from './index.js';

startTracing();

const capture = () => {
  const lines: string[] = [];
  return {
    lines,
    logger: createLogger({ level: 'info', name: 't' }, { write: (line) => void lines.push(line) }),
  };
};

describe('the logger', () => {
  it('redacts secrets at any of the first three levels', () => {
    const { lines, logger } = capture();
    logger.info(
      { token: 'c4n4ry', request: { authorization: 'c4n4ry', headers: { cookie: 'c4n4ry' } } },
      'x',
    );
    expect(lines.join('')).toContain('[redacted]');
    expect(lines.join('')).not.toContain('c4n4ry');
  });

  it('puts the trace id on lines logged inside a span', async () => {
    const { lines, logger } = capture();
    const traceId = await withSpan('work', {}, async () => {
      logger.info('inside');
      return Promise.resolve(currentTraceId());
    });
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(lines[0]).toContain(traceId);
  });
});

describe('an error in the log', () => {
  it('has its code, its cause and its last line, but no stack and no query', () => {
    const { lines, logger } = capture();
    const cause = Object.assign(new Error('SELECT secret FROM t\n\nconnection refused'), {
      code: 'E1',
    });
    logger.error({ err: new Error('it failed', { cause }) }, 'x');
    expect(JSON.parse(lines[0]!)).toMatchObject({
      err: { message: 'it failed', cause: { code: 'E1', message: 'connection refused' } },
    });
    expect(lines[0]).not.toMatch(/SELECT|telemetry\.spec|"stack"/);
  });
});

describe('what could not be parsed', () => {
  it('is not in the log, not even a piece of it', () => {
    const { lines, logger } = capture();
    try {
      JSON.parse('{"a": c4n4ry');
    } catch (cause) {
      logger.error({ err: new Error('it failed', { cause }) }, 'x');
    }
    expect(lines[0]).toContain('SyntaxError');
    expect(lines[0]).not.toContain('c4n4');
  });
});

describe('withSpan', () => {
  it('lets the error through unchanged', async () => {
    const error = new Error('no');
    await expect(withSpan('work', {}, () => Promise.reject(error))).rejects.toBe(error);
  });
});
