import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clearInheritedConnections } from './inherited-connections.js';

const server = createServer((_request, response) => response.end('direct'));
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(() => void server.close());

const MODULE = pathToFileURL(join(import.meta.dirname, 'inherited-connections.ts')).href;
// Nobody listens there.
const PROXY = 'http://127.0.0.1:9';

/** What a process with this environment gets, by fetch and by node:http. */
const reached = async (clears: boolean): Promise<string> => {
  const script = `
    import http from 'node:http';
    import { clearInheritedConnections } from ${JSON.stringify(MODULE)};
    if (${clears}) clearInheritedConnections(process.env);
    const byHttp = await new Promise((resolve) => http.get('${url}', (answer) =>
      answer.on('data', (data) => resolve(String(data)))).on('error', (error) => resolve(error.code)));
    console.log(byHttp, await fetch('${url}').then((it) => it.text(), (error) => error.cause?.code));
    process.exit();`;
  const env = {
    PATH: process.env['PATH'],
    NODE_USE_ENV_PROXY: '1',
    HTTP_PROXY: PROXY,
    HTTPS_PROXY: PROXY,
    http_proxy: PROXY,
    ALL_PROXY: PROXY,
  };
  const args = ['--input-type=module', '--eval', script];
  return (await promisify(execFile)(process.execPath, args, { env })).stdout.trim();
};

describe('inherited variables about connections', () => {
  it('do not change how our own servers are reached', async () => {
    expect(await reached(true)).toBe('direct direct');
  }, 30_000);

  it('would change it (negative control)', async () => {
    expect(await reached(false)).not.toContain('direct');
  }, 30_000);

  it('are cleared where PostgreSQL’s drivers would look for them, and no others', () => {
    const environment: Record<string, string | undefined> = {
      PGHOST: 'elsewhere',
      PGPORT: '1',
      PGUSER: 'nobody',
      PGOPTIONS: '-c default_transaction_read_only=on',
      PGSSLMODE: 'require',
      PGSERVICE: 'other',
      DATABASE_URL: 'postgresql://ours',
      PATH: '/bin',
    };
    clearInheritedConnections(environment);
    expect(environment).toEqual({ DATABASE_URL: 'postgresql://ours', PATH: '/bin' });
  });
});
