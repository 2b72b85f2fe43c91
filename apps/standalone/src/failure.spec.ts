import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { DomainError } from '#libs/platform/kernel';
import { describeFailure } from './failure.js';

const thrownBy = async (work: () => unknown): Promise<unknown> => {
  try {
    return await work();
  } catch (error) {
    return error;
  }
};

describe('a start that fails', () => {
  it('names the file and what to do, without a stack', async () => {
    const error = await thrownBy(() => writeFileSync('/proc/version/x', ''));
    const text = describeFailure(error);
    expect(text).toMatch(/\/proc\/version\/x.*\n.*GATEHOUSE_HOME/);
    expect(text).not.toMatch(/^\s+at /m);
  });

  it('names the port and what to do, also under what was wrapped around it', async () => {
    const first = createServer().listen(0, '127.0.0.1');
    await once(first, 'listening');
    const { port } = first.address() as { port: number };
    const second = createServer().listen(port, '127.0.0.1');
    const [error] = (await once(second, 'error')) as [Error];
    const wrapped = new DomainError('internal', 'It did not work.', { cause: error });
    expect(describeFailure(wrapped)).toMatch(new RegExp(`${port}.*\\n.*PORT`));
    first.close();
  });

  it('is told in full when nobody foresaw it', () => {
    expect(describeFailure(new TypeError('x is undefined'))).toContain('failure.spec.ts');
  });
});
