import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentClient } from '../support/agent-client.js';
import { startInstallation, type Installation } from '../support/installation.js';

// The make-believe company's database, with api, gateway and worker of their own beside its process.
let site: Installation;
let settings: Record<string, string>;
let masterKey: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  site = await startInstallation();
  const secrets = readFileSync(join(site.home, 'secrets.json'), 'utf8');
  ({ masterKey } = JSON.parse(secrets) as { masterKey: string });
  const { output } = await site.gatehouse('env');
  settings = Object.fromEntries(
    [...output.matchAll(/^(\w+)='([^']*)'$/gm)].map(([, name, value]) => [name!, value!]),
  );
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await site.stop();
});

interface Process {
  url: string;
  internalUrl: string;
  output(): string;
  stop(): Promise<number | null>;
}

const start = (app: string, offset: number, env: Record<string, string> = {}): Process => {
  const port = site.port + offset;
  const child = spawn(process.execPath, [`dist/apps/${app}/src/main.js`], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: settings['GATEHOUSE_LOCAL_APP_DATABASE_URL'],
      PUBLIC_URL: site.publicUrl,
      ALLOWED_HOSTS: `127.0.0.1:${port},127.0.0.1:${port + 1}`,
      PORT: String(port),
      INTERNAL_PORT: String(port + 1),
      OUTBOUND_ALLOW: '127.0.0.0/8,::1/128',
      MASTER_KEY: masterKey,
      ...env,
    },
  });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return {
    url: `http://127.0.0.1:${port}`,
    internalUrl: `http://127.0.0.1:${port + 1}`,
    output: () => output,
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = (await gone) as [number | null];
      return code;
    },
  };
};

const untilReady = async (url: string, process: Process): Promise<void> => {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const ready = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not ready: ${process.output()}`);
};

describe('as processes of their own', () => {
  it('the gateway governs calls, and stops cleanly', async () => {
    const gateway = start('gateway', 10);
    await untilReady(`${gateway.internalUrl}/health/ready`, gateway);
    const { token } = await agentClient(site, 'coding-agent');
    const answer = await fetch(`${gateway.url}/v1/tool-calls`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ server: 'everything', tool: 'echo', arguments: { message: 'x' } }),
    });
    expect(answer.status).toBe(200);
    expect(await (await fetch(`${gateway.internalUrl}/metrics`)).text()).toContain('gatehouse_');
    expect((await fetch(`${gateway.url}/metrics`)).status).toBe(404);
    expect(await gateway.stop()).toBe(0);
  });

  it('the API serves the console, and stops cleanly', async () => {
    const api = start('api', 20, {
      SIGN_IN_ISSUER: settings['GATEHOUSE_LOCAL_ISSUER']!,
      SIGN_IN_CLIENT_ID: 'gatehouse-console',
      SIGN_IN_CLIENT_SECRET: 'not-used-here',
      SESSION_SECRET: 'x'.repeat(32),
    });
    await untilReady(`${api.url}/health/ready`, api);
    expect((await fetch(`${api.url}/api/session`)).status).toBe(401);
    expect(await (await fetch(`${api.url}/api/openapi.json`)).json()).toMatchObject({
      openapi: expect.stringMatching(/^3\.1/) as string,
    });
    expect(await api.stop()).toBe(0);
  });

  it('the worker runs, and stops cleanly', async () => {
    const worker = start('worker', 30);
    await untilReady(`${worker.internalUrl}/health/ready`, worker);
    expect(await worker.stop()).toBe(0);
  });

  it.each(['gateway', 'api', 'worker'])(
    '%s refuses to start on the superuser’s rights',
    async (app) => {
      const process = start(app, 40, {
        DATABASE_URL: settings['GATEHOUSE_LOCAL_DATABASE_URL']!,
        SIGN_IN_ISSUER: settings['GATEHOUSE_LOCAL_ISSUER']!,
        SIGN_IN_CLIENT_ID: 'gatehouse-console',
        SIGN_IN_CLIENT_SECRET: 'not-used-here',
        SESSION_SECRET: 'x'.repeat(32),
      });
      const [code] = (await once(children.at(-1)!, 'exit')) as [number];
      expect(code).toBe(1);
      expect(process.output()).toMatch(/give the application a role of its own/);
    },
  );

  it('left a ledger that verifies', async () => {
    expect((await site.gatehouse('audit', 'verify')).code).toBe(0);
  });
});
