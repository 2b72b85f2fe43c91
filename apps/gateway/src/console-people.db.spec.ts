import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, systemActor } from '#libs/platform/kernel';
import { callDetailSchema, CallQueries, listCallsQuerySchema } from '#libs/oversight/calls';
import { startIdentitySuite, type IdentitySuite } from './fixtures/identity-suite.fixture.js';

let suite: IdentitySuite;

beforeAll(async () => {
  suite = await startIdentitySuite();
});

afterAll(async () => {
  await suite.stop();
});

const note = { server: 'helpdesk', tool: 'note', arguments: {} };

describe('the console', () => {
  it('shows for whom a call was made, what proved it, and what was decided for each', async () => {
    await suite.call(await suite.clientToken('ann'), note);
    const calls = new CallQueries(suite.people.db);
    const query = listCallsQuerySchema.parse({ personId: suite.people.id('ann'), perPage: 1 });
    const page = await calls.list(systemActor('spec'), query);
    expect(page.items[0]).toMatchObject({
      agent: { name: 'desk' },
      person: { id: suite.people.id('ann'), name: 'ann' },
      identifiedBy: 'client_binding',
    });
    const detail = await calls.get(systemActor('spec'), page.items[0]?.id ?? '');
    expect(callDetailSchema.parse(detail)).toMatchObject({
      agentDecision: 'allow',
      personDecision: 'deny',
      evaluatedRules: [{ principal: 'agent', rule: 'desk-may-use-the-helpdesk', isDecisive: true }],
    });
    const nobody = listCallsQuerySchema.parse({ personId: newId() });
    expect((await calls.list(systemActor('spec'), nobody)).total).toBe(0);
  });

  it('shows a person’s agent that person’s calls only', async () => {
    const made = await suite.call(await suite.clientToken('ann'));
    const get = async (token: string) =>
      fetch(`${suite.gateway.url}/v1/tool-calls/${made.body.id}`, {
        headers: { authorization: `Bearer ${token}` },
      });
    expect((await get(await suite.clientToken('ann'))).status).toBe(200);
    expect((await get(await suite.clientToken('bob'))).status).toBe(404);
    expect((await get(await suite.people.ownToken())).status).toBe(200);
  });
});
