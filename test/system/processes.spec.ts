import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentClient } from '../support/agent-client.js';
import { environmentOf, startInstallation, type Installation } from '../support/installation.js';
import { startProcess, type AppProcess } from '../support/process.js';

// The demo organisation's database, with api, gateway and worker of their own beside its process.
let site: Installation;
let settings: Record<string, string>;
let envOf: (app: 'api' | 'gateway' | 'worker') => Record<string, string>;

beforeAll(async () => {
  site = await startInstallation();
  ({ settings, envOf } = await environmentOf(site));
});

afterAll(() => site.stop());

const started = async (app: 'api' | 'gateway' | 'worker'): Promise<AppProcess> => {
  const process = await startProcess(app, envOf(app));
  await process.ready();
  return process;
};

describe('as processes of their own', () => {
  it('the gateway governs calls, and stops cleanly', async () => {
    const gateway = await started('gateway');
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
    const api = await started('api');
    expect((await fetch(`${api.url}/api/v1/session`)).status).toBe(401);
    expect(await (await fetch(`${api.url}/api/openapi.json`)).json()).toMatchObject({
      openapi: expect.stringMatching(/^3\.1/) as string,
    });
    expect(await api.stop()).toBe(0);
  });

  it('the worker runs, and stops cleanly', async () => {
    const worker = await started('worker');
    expect(await worker.stop()).toBe(0);
  });

  it.each(['gateway', 'api', 'worker'] as const)(
    '%s does not start on the superuser’s rights',
    async (app) => {
      const superuser = { DATABASE_URL: settings['GATEHOUSE_LOCAL_DATABASE_URL']! };
      const process = await startProcess(app, { ...envOf(app), ...superuser });
      expect(await process.ended).toBe(1);
      expect(process.output()).toMatch(/give the application a role of its own/);
    },
  );

  it('the gateway does not start with MASTER_KEY', async () => {
    const process = await startProcess('gateway', { ...envOf('gateway'), ...envOf('api') });
    expect(await process.ended).toBe(1);
    expect(process.output()).toMatch(/A gateway must not have MASTER_KEY/);
  });

  it('none does without a right that it uses, and each warns of rights that it does not', async () => {
    const { DATABASE_URL: ofGateway } = envOf('gateway');
    const api = await startProcess('api', { ...envOf('api'), DATABASE_URL: ofGateway! });
    expect(await api.ended).toBe(1);
    expect(api.output()).toMatch(/gatehouse_gateway in DATABASE_URL may not .*DATABASE_ROLE_API/);
    const { GATEHOUSE_LOCAL_APP_DATABASE_URL: ofAll } = settings;
    const gateway = await startProcess('gateway', { ...envOf('gateway'), DATABASE_URL: ofAll! });
    await gateway.ready();
    expect(gateway.output()).toMatch(/DATABASE_URL may do more than gateway uses/);
    expect(await gateway.stop()).toBe(0);
  });

  it('left a ledger that verifies', async () => {
    expect((await site.gatehouse('audit', 'verify')).code).toBe(0);
  });
});
