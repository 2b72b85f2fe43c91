import { spawn, spawnSync } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { startEverything } from './start-everything.js';

const initialize = (url: string): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: {
        protocolVersion: '2025-11-25',
        capabilities: {},
        clientInfo: { name: 'test', version: '1' },
      },
    }),
  });

const connects = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });

test('answers MCP on the loopback address only, comes back when it dies, and ends', async () => {
  const everything = await startEverything({ port: 0 });
  const { port, url } = everything;
  try {
    expect(await (await initialize(url)).text()).toContain('serverInfo');
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal);
    for (const { address } of others) expect(await connects(address, port)).toBe(false);

    const first = everything.pid()!;
    process.kill(first, 'SIGKILL');
    await vi.waitFor(() => expect(everything.pid()).not.toBe(first), { timeout: 20_000 });
    await vi.waitFor(async () => expect((await initialize(url)).status).toBe(200), {
      timeout: 20_000,
    });
  } finally {
    await everything.stop();
  }
  expect(await connects('127.0.0.1', port)).toBe(false);
}, 60_000);

test('does not outlive a parent that was killed', async () => {
  const manifest = createRequire(import.meta.url).resolve(
    '@modelcontextprotocol/server-everything/package.json',
  );
  const parentCode = `
    const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ${JSON.stringify([
      '--import',
      new URL('./loopback-guard.mjs', import.meta.url).href,
      join(dirname(manifest), 'dist', 'index.js'),
      'streamableHttp',
    ])}, { stdio: ['pipe', 'ignore', 'pipe'], detached: true, env: { PORT: '0' } });
    child.stderr.on('data', (text) => {
      if (String(text).includes('listening')) console.log(child.pid);
    });`;
  const parent = spawn(process.execPath, ['-e', parentCode], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(String(line).trim());
  expect(() => process.kill(pid, 0)).not.toThrow();
  parent.kill('SIGKILL');
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 10_000 });
}, 60_000);

/** A zombie, where nobody reaps orphans, has ended too. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const ps = spawnSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' });
  return ps.status === 0 && !ps.stdout.trim().startsWith('Z');
}
