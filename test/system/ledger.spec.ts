import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentClient, type AgentClient } from '../support/agent-client.js';
import { startInstallation, type Installation } from '../support/installation.js';
import { asSuperuser } from '../support/superuser.js';

const LOAD_WORKERS = 8;

let site: Installation;

beforeAll(async () => {
  site = await startInstallation();
});

afterAll(async () => {
  await site.stop();
});

// Calls until told to stop; answers the ids of all calls that were acknowledged.
const load = (agent: AgentClient) => {
  const state = { going: true };
  const acknowledged: string[] = [];
  const worker = async (): Promise<void> => {
    while (state.going) {
      const answer = await agent
        .call('helpdesk', 'search_tickets', { query: 'printer' })
        .catch(() => null);
      if (answer?.status === 200 && answer.body.id) acknowledged.push(answer.body.id);
    }
  };
  const workers = Array.from({ length: LOAD_WORKERS }, worker);
  return {
    acknowledged,
    stop: async (): Promise<void> => {
      state.going = false;
      await Promise.all(workers);
    },
  };
};

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('the ledger of a running installation', () => {
  it('keeps every acknowledged call through kill -9 under load, and still verifies', async () => {
    const running = load(await agentClient(site, 'support-agent'));
    await sleep(2000);
    await site.kill();
    await running.stop();
    await site.restart();

    expect(running.acknowledged.length).toBeGreaterThan(20);
    const rows = await asSuperuser<{ call_id: string; type: string }>(
      site,
      'SELECT call_id, type FROM ledger_entry WHERE call_id = ANY($1)',
      [running.acknowledged],
    );
    for (const type of ['call.intent', 'call.outcome']) {
      const found = new Set(rows.filter((row) => row.type === type).map((row) => row.call_id));
      expect(running.acknowledged.filter((id) => !found.has(id))).toEqual([]);
    }
    expect((await site.gatehouse('audit', 'verify')).code).toBe(0);
  });

  it('leaves no allowed call of a killed process without an outcome', async () => {
    const unfinished = `
      SELECT count(*)::int AS count FROM ledger_entry i
      WHERE i.type = 'call.intent' AND i.data->>'decision' = 'allow'
        AND NOT EXISTS (SELECT 1 FROM ledger_entry o WHERE o.call_id = i.call_id AND o.type = 'call.outcome')`;
    let count = -1;
    for (let waited = 0; waited < 60 && count !== 0; waited += 1) {
      [{ count }] = (await asSuperuser<{ count: number }>(site, unfinished)) as [{ count: number }];
      if (count !== 0) await sleep(500);
    }
    expect(count).toBe(0);
  });

  it('survives kill -9 of PostgreSQL under load without losing an acknowledged call', async () => {
    const running = load(await agentClient(site, 'support-agent'));
    await sleep(1000);
    // A backend that dies without a word makes the server crash and recover by itself.
    const [backend] = await asSuperuser<{ pid: number }>(
      site,
      `SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1`,
    );
    process.kill(backend!.pid, 'SIGKILL');
    await sleep(3000);
    await running.stop();
    const rows = await asSuperuser<{ call_id: string }>(
      site,
      `SELECT call_id FROM ledger_entry WHERE type = 'call.outcome' AND call_id = ANY($1)`,
      [running.acknowledged],
    );
    expect(rows.length).toBe(new Set(running.acknowledged).size);
    const agent = await agentClient(site, 'support-agent');
    expect((await agent.call('helpdesk', 'search_tickets', { query: 'vpn' })).status).toBe(200);
    expect((await site.gatehouse('audit', 'verify')).code).toBe(0);
  });

  it('is seen to be tampered with when a superuser changes one entry, and the entry is named', async () => {
    const [entry] = await asSuperuser<{ id: string; data: object }>(
      site,
      `SELECT id, data FROM ledger_entry WHERE type = 'call.intent' ORDER BY id OFFSET 3 LIMIT 1`,
    );
    const change = `UPDATE ledger_entry SET data = jsonb_set(data, '{decision}', $2) WHERE id = $1`;
    await asSuperuser(site, change, [entry!.id, '"deny"']);
    const found = await site.gatehouse('audit', 'verify');
    expect(found.code).toBe(1);
    expect(found.output).toContain(entry!.id);
    expect(found.output).toContain('changed');

    await asSuperuser(site, change, [entry!.id, '"allow"']);
    expect((await site.gatehouse('audit', 'verify')).code).toBe(0);
  });
});
