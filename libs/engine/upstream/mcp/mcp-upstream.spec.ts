import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createOutbound, type Outbound } from '../outbound/outbound.js';
import { LOOPBACK } from '../fixtures/spec-server.js';
import { McpUpstream } from './mcp-upstream.js';

const EVERYTHING = 'node_modules/@modelcontextprotocol/server-everything/dist/index.js';

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

const startEverything = async (port: number): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [EVERYTHING, 'streamableHttp'], {
    env: { PATH: process.env['PATH'], PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  for await (const line of child.stderr ?? []) if (String(line).includes('listening')) break;
  return child;
};

const stop = async (child: ChildProcess): Promise<void> => {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
};

describe('an MCP upstream against the public everything server', () => {
  let port: number;
  let child: ChildProcess;
  let outbound: Outbound;
  let upstream: McpUpstream;

  beforeAll(async () => {
    port = await freePort();
    child = await startEverything(port);
    outbound = createOutbound({ allow: LOOPBACK });
    upstream = new McpUpstream(outbound, {
      url: `http://127.0.0.1:${String(port)}/mcp`,
      clientInfo: { name: 'gatehouse', version: '0' },
    });
  }, 20_000);

  afterAll(async () => {
    await upstream.close();
    await outbound.close();
    await stop(child);
  });

  const call = (name: string, args: Record<string, string | number>, more = {}) =>
    upstream.callTool({ name, arguments: args, session: 'agent-1', timeoutMs: 5000, ...more });

  it('lists its tools with their schemas', async () => {
    const { tools } = await upstream.listTools();
    expect(tools.length).toBeGreaterThan(8);
    expect(tools.find(({ name }) => name === 'echo')).toMatchObject({
      inputSchema: { type: 'object', properties: { message: { type: 'string' } } },
    });
  });

  it('calls a tool and says when the call was sent', async () => {
    let sent = 0;
    const onSent = (): void => {
      sent += 1;
    };
    expect(await call('echo', { message: 'hé😀' }, { onSent })).toMatchObject({
      content: [{ type: 'text', text: 'Echo: hé😀' }],
      isError: false,
    });
    expect(sent).toBe(1);
  });

  it('passes structured content and images through', async () => {
    const weather = await call('get-structured-content', { location: 'New York' });
    expect(weather.structuredContent).toMatchObject({ temperature: expect.any(Number) as number });
    const image = await call('get-tiny-image', {});
    expect(image.content.some(({ type }) => type === 'image')).toBe(true);
  });

  it('passes wrong arguments and unknown tools on as the tool server’s own error', async () => {
    expect((await call('get-sum', { a: 'x' })).isError).toBe(true);
    expect((await call('no-such-tool', {})).isError).toBe(true);
  });

  it('reads an answer that comes after progress', async () => {
    const result = await call('trigger-long-running-operation', { duration: 0.2, steps: 2 });
    expect(result.isError).toBe(false);
  });

  it('gives up at its own time with the outcome unknown', async () => {
    await expect(
      call('trigger-long-running-operation', { duration: 5, steps: 1 }, { timeoutMs: 150 }),
    ).rejects.toMatchObject({ code: 'upstream_timeout', effect: 'unknown' });
  });

  it('opens sessions anew after the server lost them, and each call still has one effect', async () => {
    await call('echo', { message: 'before' });
    await stop(child);
    await expect(call('echo', { message: 'down' })).rejects.toMatchObject({
      code: 'upstream_failed',
    });
    child = await startEverything(port);
    expect((await call('echo', { message: 'after' })).isError).toBe(false);
  }, 20_000);
});
