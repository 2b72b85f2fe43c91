import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { JsonObject } from '#libs/platform/kernel';
import { compileArguments } from './compile-arguments.js';

const SERVER = fileURLToPath(
  import.meta.resolve('@modelcontextprotocol/server-everything/dist/index.js'),
);

interface ListedTool {
  name: string;
  inputSchema: JsonObject;
}

/** Asks the real server over its standard input; the wire is one JSON-RPC message a line. */
async function listTools(): Promise<ListedTool[]> {
  const server = spawn(process.execPath, [SERVER, 'stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  try {
    const send = (message: JsonObject) =>
      server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const clientInfo = { name: 'gatehouse-spec', version: '1.0.0' };
    send({
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo },
    });
    for await (const line of createInterface({ input: server.stdout })) {
      const message = JSON.parse(line) as { id?: number; result?: { tools?: ListedTool[] } };
      if (message.id === 1) {
        send({ method: 'notifications/initialized' });
        send({ id: 2, method: 'tools/list' });
      }
      if (message.id === 2) return message.result?.tools ?? [];
    }
    return [];
  } finally {
    server.kill();
  }
}

it('compiles every schema of the public everything server', { timeout: 30_000 }, async () => {
  const tools = await listTools();
  expect(tools.length).toBeGreaterThanOrEqual(10);
  const compiled = new Map(tools.map((tool) => [tool.name, compileArguments(tool.inputSchema)]));
  for (const [name, one] of compiled) expect({ name, ok: one.ok }).toEqual({ name, ok: true });
  const sum = compiled.get('get-sum');
  expect(sum?.ok && sum.bind({ a: 1, b: 2 })).toEqual({ ok: true, value: { a: 1, b: 2 } });
  expect(sum?.ok && sum.bind({ a: '1', b: 2 }).ok).toBe(false);
  expect(sum?.ok && sum.bind({ a: 1, b: 2, c: 3 }).ok).toBe(false);
});
