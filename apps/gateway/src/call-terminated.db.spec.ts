import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bumpEpoch, transaction, type EpochSection, type Tx } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { startGateway, type GatewayFixture } from './fixtures/gateway.fixture.js';
import { registerPeople, type IdentityFixture } from './fixtures/identity.fixture.js';
import { holdNextAnswer } from './fixtures/rest-server.fixture.js';
import { signEverything } from './fixtures/sign-everything.fixture.js';

const AUDIENCE = 'https://gatehouse.example.test';
const WITHIN_MS = 1_000;

let database: TestDatabase;
let gateway: GatewayFixture;
let people: IdentityFixture;
let superuser: pg.Client;
let held: ReturnType<typeof holdNextAnswer>;

beforeAll(async () => {
  database = await createTestDatabase();
  gateway = await startGateway(database.appUrl, { upstreamTimeoutSeconds: 20 });
  people = await registerPeople(database.appUrl, {
    issuer: gateway.idp.issuer,
    publicUrl: gateway.url,
    audience: AUDIENCE,
    snapshots: gateway.snapshots,
  });
  superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
});

afterAll(async () => {
  await gateway.stop();
  await people.stop();
  await superuser.end();
  await database.drop();
});

beforeEach(() => {
  held = holdNextAnswer(gateway.rest);
});
afterEach(() => {
  held.release();
});

const revoke = (work: (tx: Tx) => Promise<unknown>, section: EpochSection) =>
  transaction(people.db, async (tx) => {
    await work(tx);
    await signEverything(tx);
    await bumpEpoch(tx, section);
  });

const search = { server: 'helpdesk', tool: 'search_tickets', arguments: { q: 'slow' } };
const idpToken = (claims: Record<string, unknown>) =>
  gateway.idp.accessToken({ aud: AUDIENCE, ...claims });
const coder = () => idpToken({ sub: 'coder' });
const annAtTheDesk = () => idpToken({ sub: 'ann', client_id: 'desk-app' });

const call = async (token: string, onBehalfOf?: string) => {
  const response = await fetch(`${gateway.url}/v1/tool-calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...search, onBehalfOf }),
  });
  return {
    status: response.status,
    body: (await response.json()) as { callId: string; code: string; reason: string },
  };
};

const outcomesOf = async (callId: string): Promise<string[]> => {
  const { rows } = await superuser.query<{ outcome: string }>(
    `SELECT data->>'outcome' AS outcome FROM ledger_entry WHERE call_id = $1 AND type = 'call.outcome' ORDER BY id`,
    [callId],
  );
  return rows.map(({ outcome }) => outcome);
};

/** Starts a call, revokes its right while the tool server works on it, and restores the right afterwards. */
const revokeDuring = async (
  start: () => Promise<Awaited<ReturnType<typeof call>>>,
  change: (tx: Tx) => Promise<unknown>,
  section: EpochSection,
  restore: (tx: Tx) => Promise<unknown>,
) => {
  const running = start();
  await held.arrived;
  await revoke(change, section);
  const revokedAtMs = performance.now();
  const answer = await running;
  const tookMs = performance.now() - revokedAtMs;
  await people.change(restore);
  return { ...answer, tookMs };
};

const setAgent = (data: object) => (tx: Tx) => tx.agent.update({ where: { name: 'coder' }, data });
const setDesk = (data: object) => (tx: Tx) => tx.agent.update({ where: { name: 'desk' }, data });
const setAnn = (data: object) => (tx: Tx) =>
  tx.person.update({ where: { id: people.id('ann') }, data });
const inFiveSeconds = () => new Date(Math.ceil(Date.now() / 1000) * 1000 + 5_000);

const withKillSwitch = async (scope: 'tool' | 'server' | 'everything') => {
  const tool = await people.db.tool.findFirstOrThrow({ where: { name: 'search_tickets' } });
  const targetId = { tool: tool.id, server: tool.serverId, everything: null }[scope];
  const id = newId();
  const data = { id, scope, targetId, reason: 'leaks', activatedAt: new Date() };
  return revokeDuring(
    async () => call(await coder()),
    (tx) => tx.killSwitch.create({ data }),
    'registry',
    (tx) => tx.killSwitch.update({ where: { id }, data: { releasedAt: new Date() } }),
  );
};

const withoutBinding = async (subject: string, start: () => ReturnType<typeof call>) => {
  const binding = await people.db.binding.findFirstOrThrow({ where: { subject } });
  const { conditions, publicKey: _none, ...data } = binding;
  return revokeDuring(
    start,
    (tx) => tx.binding.delete({ where: { id: binding.id } }),
    'registry',
    (tx) => tx.binding.create({ data: { ...data, conditions: conditions as object } }),
  );
};

const withoutDelegation = async () => {
  const id = await people.delegate(people.id('ann'), people.id('coder'));
  const withdraw = (withdrawnAt: Date | null) => (tx: Tx) =>
    tx.delegation.update({ where: { id }, data: { withdrawnAt } });
  return revokeDuring(
    async () => call(await coder(), id),
    withdraw(new Date()),
    'people',
    withdraw(null),
  );
};

const withoutToken = async () => {
  const tokenId = newId();
  const issuer = gateway.idp.issuer;
  const times = { expiresAt: new Date(Date.now() + 600_000), revokedAt: new Date() };
  return revokeDuring(
    async () => call(await idpToken({ sub: 'coder', jti: tokenId })),
    (tx) => tx.revokedToken.create({ data: { issuer, tokenId, ...times } }),
    'registry',
    () => Promise.resolve(),
  );
};

const withoutKey = async () => {
  const key = await people.db.signingKey.findFirstOrThrow();
  const { publicKey, ...data } = key;
  return revokeDuring(
    async () => call(await people.ownToken()),
    (tx) => tx.signingKey.delete({ where: { id: key.id } }),
    'registry',
    (tx) => tx.signingKey.create({ data: { ...data, publicKey: publicKey as object } }),
  );
};

/** With a token of ours that was obtained with another one. */
const withoutOriginalToken = async () => {
  const tokenId = newId();
  const issuer = gateway.idp.issuer;
  const digest = createHash('sha256').update(`${issuer}\n${tokenId}`).digest('hex');
  const times = { expiresAt: new Date(Date.now() + 600_000), revokedAt: new Date() };
  return revokeDuring(
    async () => call(await people.ownToken({ derived_from: [digest] })),
    (tx) => tx.revokedToken.create({ data: { issuer, tokenId, ...times } }),
    'registry',
    () => Promise.resolve(),
  );
};

describe('a call in progress at a slow tool server', () => {
  it.each([
    [
      'its agent is suspended',
      'agent_not_active',
      async () =>
        revokeDuring(
          async () => call(await coder()),
          setAgent({ state: 'suspended' }),
          'registry',
          setAgent({ state: 'active' }),
        ),
    ],
    [
      'its agent’s tokens are revoked',
      'revoked',
      async () =>
        revokeDuring(
          async () => call(await coder()),
          setAgent({ tokensRevokedBefore: inFiveSeconds() }),
          'registry',
          setAgent({ tokensRevokedBefore: null }),
        ),
    ],
    [
      'its binding is removed',
      'unbound_token',
      () => withoutBinding('coder', async () => call(await coder())),
    ],
    [
      'its person is disabled',
      'person_not_active',
      async () =>
        revokeDuring(
          async () => call(await annAtTheDesk()),
          setAnn({ disabledAt: new Date() }),
          'people',
          setAnn({ disabledAt: null }),
        ),
    ],
    [
      'its person’s tokens are revoked',
      'revoked',
      async () =>
        revokeDuring(
          async () => call(await annAtTheDesk()),
          setAnn({ tokensRevokedBefore: inFiveSeconds() }),
          'people',
          setAnn({ tokensRevokedBefore: null }),
        ),
    ],
    [
      'the agent is suspended to whose client its person’s token was issued',
      'person_not_proven',
      async () =>
        revokeDuring(
          async () => call(await coder(), await annAtTheDesk()),
          setDesk({ state: 'suspended' }),
          'registry',
          setDesk({ state: 'active' }),
        ),
    ],
    [
      'the binding of the client is removed to which its person’s token was issued',
      'person_not_proven',
      () => withoutBinding('desk-app', async () => call(await coder(), await annAtTheDesk())),
    ],
    ['its delegation is withdrawn', 'delegation_not_in_force', withoutDelegation],
    ['its token is revoked', 'revoked', withoutToken],
    ['the key that signed its token is withdrawn', 'unknown_key', withoutKey],
    ['the token with which its own was obtained is revoked', 'revoked', withoutOriginalToken],
    [
      'the binding by which its person’s token was passed on is removed',
      'unbound_token',
      async () => {
        const id = newId();
        const agentId = people.id('coder');
        const data = { id, agentId, kind: 'key', subject: id, publicKey: {} } as const;
        await people.change((tx) =>
          tx.binding.create({ data: { ...data, createdAt: new Date() } }),
        );
        const token = await people.ownToken({ derived_from_bindings: [id] });
        return revokeDuring(
          () => call(token),
          (tx) => tx.binding.delete({ where: { id } }),
          'registry',
          () => Promise.resolve(),
        );
      },
    ],
    [
      'the tokens of the agent that passed its person’s token on are revoked',
      'revoked',
      async () => {
        const [desk, coderId] = [people.id('desk'), people.id('coder')];
        const act = { sub: desk, act: { sub: coderId } };
        const token = await people.ownToken({ sub: people.id('ann'), act });
        return revokeDuring(
          () => call(token),
          setAgent({ tokensRevokedBefore: inFiveSeconds() }),
          'registry',
          setAgent({ tokensRevokedBefore: null }),
        );
      },
    ],
    [
      'the issuer of the token with which its own was obtained is retired',
      'unknown_issuer',
      async () => {
        const retire = (retiredAt: Date | null) => (tx: Tx) =>
          tx.issuer.update({ where: { id: people.issuerId }, data: { retiredAt } });
        const token = await people.ownToken({ derived_from_issuers: [people.issuerId] });
        return revokeDuring(() => call(token), retire(new Date()), 'registry', retire(null));
      },
    ],
    [
      'its issuer is retired',
      'unknown_issuer',
      async () => {
        const retire = (retiredAt: Date | null) => (tx: Tx) =>
          tx.issuer.update({ where: { id: people.issuerId }, data: { retiredAt } });
        return revokeDuring(
          async () => call(await coder()),
          retire(new Date()),
          'registry',
          retire(null),
        );
      },
    ],
    ['a kill switch blocks its tool', 'kill_switch_active', () => withKillSwitch('tool')],
    ['a kill switch blocks its tool server', 'kill_switch_active', () => withKillSwitch('server')],
    ['a kill switch blocks everything', 'kill_switch_active', () => withKillSwitch('everything')],
  ])('is terminated within a second when %s', async (_what, reason, run) => {
    const { status, body, tookMs } = await run();
    expect(tookMs).toBeLessThan(WITHIN_MS);
    expect(status).toBe(504);
    expect(body).toMatchObject({ code: 'call_terminated', reason });
    expect(await outcomesOf(body.callId)).toEqual(['unknown']);
  });

  it('goes on when somebody else’s right is revoked', async () => {
    const running = call(await coder());
    await held.arrived;
    await revoke(setAnn({ disabledAt: new Date() }), 'people');
    await new Promise((resolve) => setTimeout(resolve, 500));
    held.release();
    expect((await running).status).toBe(200);
    await people.change(setAnn({ disabledAt: null }));
  });

  it('ends its connection to the tool server', async () => {
    const gone = Promise.withResolvers<void>();
    gateway.rest.onGone = () => gone.resolve();
    const { tookMs } = await withKillSwitch('everything');
    await gone.promise;
    expect(tookMs).toBeLessThan(WITHIN_MS);
  });

  it('is reported over MCP as an error, not as a result', async () => {
    const token = await coder();
    const running = fetch(`${gateway.url}/mcp`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 7,
        method: 'tools/call',
        params: { name: 'helpdesk__search_tickets', arguments: { q: 'slow' } },
      }),
    });
    await held.arrived;
    await revoke(setAgent({ state: 'suspended' }), 'registry');
    const response = await running;
    await people.change(setAgent({ state: 'active' }));
    expect(response.status).toBe(504);
    const answer = (await response.json()) as { error: { data: { callId: string } } };
    expect(answer).toMatchObject({
      id: 7,
      error: { code: -32000, data: { code: 'call_terminated', reason: 'agent_not_active' } },
    });
    expect(answer).not.toHaveProperty('result');
    expect(await outcomesOf(answer.error.data.callId)).toEqual(['unknown']);
  });
});
