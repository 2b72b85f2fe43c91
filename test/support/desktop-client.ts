import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

/** An MCP client on somebody's desk that signs its person in with a browser: `mcp-remote`, which nobody here wrote. */
export interface DesktopClient {
  /** Resolves once somebody has signed in. */
  readonly connected: Promise<void>;
  /** Where the client sends its person to sign in. */
  signInUrl(): Promise<URL>;
  call(tool: string, args: Record<string, unknown>): Promise<{ isError: boolean; text: string }>;
  toolNames(): Promise<string[]>;
  /** What it printed so far. */
  output(): string;
  close(): Promise<void>;
}

const PATIENCE_MS = 30_000;

/** Starts one; its client id is one that the company has registered at its IdP. */
export const desktopClient = (serverUrl: string, clientId: string): DesktopClient => {
  const home = mkdtempSync(join(tmpdir(), 'gatehouse-desk-'));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [
      'node_modules/mcp-remote/dist/proxy.js',
      serverUrl,
      '--static-oauth-client-info',
      JSON.stringify({ client_id: clientId }),
      '--auth-timeout',
      '120',
    ],
    // No PATH: it must not open a window on the screen where the tests run.
    env: { HOME: home, MCP_REMOTE_CONFIG_DIR: home, PATH: home, BROWSER: 'none' },
    stderr: 'pipe',
  });
  let output = '';
  transport.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const client = new Client({ name: 'an assistant on a desk', version: '1.0.0' });
  const connected = client.connect(transport, { timeout: 4 * PATIENCE_MS });
  // A caller that waits for it is told; an unawaited rejection must not end the process.
  connected.catch(() => undefined);
  return {
    connected,
    signInUrl: async () => {
      for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += 50) {
        const found = /^(http:\/\/\S+\/auth\?\S+)$/m.exec(output)?.[1];
        if (found) return new URL(found);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`mcp-remote asked nobody to sign in:\n${output}`);
    },
    call: async (name, args) => {
      const result = await client.callTool({ name, arguments: args });
      const parts = result.content as { text?: string }[];
      return {
        isError: result.isError === true,
        text: parts.map((part) => part.text ?? '').join('\n'),
      };
    },
    toolNames: async () => (await client.listTools()).tools.map(({ name }) => name),
    output: () => output,
    close: async () => {
      await client.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
};
