import { generateKeyPairSync } from 'node:crypto';
import { newId } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPerson } from './fixtures/people.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import { Visitor } from './fixtures/visitor.js';

type Answer = Record<string, unknown> & { id: string };

let database: TestDatabase;
let gate: TestApi;
let it_: Visitor;
let ownerId: string;
const teamId = newId();
const issuerId = newId();

/** Writes, and answers the body once the status is what it should be. */
const write = async (
  path: string,
  body: object,
  status: number,
  method: 'POST' | 'PATCH' = 'POST',
): Promise<Answer> => {
  const response = await it_.write(method, path, body);
  const answer = (await response.json()) as Answer;
  expect({ status: response.status, path, answer }).toMatchObject({ status });
  return answer;
};

const read = async (path: string): Promise<{ items: Answer[]; total: number } & Answer> =>
  (await (await it_.send('GET', path)).json()) as { items: Answer[]; total: number } & Answer;

const reason = 'as the test wants it';
const newAgent = (name: string) => ({ name, purpose: 'p', ownerId, teamId, riskTier: 'low' });

beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
  ownerId = await addPerson(gate.db, { issuer: gate.idp.issuer, subject: 'it', roles: ['it'] });
  await gate.db.team.create({ data: { id: teamId, name: 'team' } });
  await gate.db.issuer.create({
    data: {
      id: issuerId,
      url: 'https://idp.test',
      name: 'IdP',
      audiences: ['https://gate.test'],
      algorithms: ['ES256'],
      profile: 'rfc9068',
      clockToleranceSeconds: 5,
      createdAt: new Date(),
    },
  });
  gate.idp.account = 'it';
  it_ = new Visitor(gate.origin);
  await it_.signIn();
});

afterAll(async () => {
  await gate.close();
  await database.drop();
});

describe('an agent by its routes', () => {
  it('lives from registration to retirement', async () => {
    const { id } = await write('/api/v1/agents', newAgent('whole-life'), 201);
    const at = `/api/v1/agents/${id}`;
    await write(`${at}/activate`, { reason }, 412);
    const key = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
    for (const binding of [
      { kind: 'subject', issuerId, subject: 's', conditions: [{ claim: 'env', equals: 'prod' }] },
      { kind: 'client', issuerId, clientId: 'c' },
      { kind: 'key', publicKey: { ...key, kid: 'mine' } },
    ])
      await write(`${at}/bindings`, binding, 201);
    const { bindings } = await read(at);
    expect(bindings).toMatchObject([
      { kind: 'subject', conditions: [{ claim: 'env', equals: 'prod' }] },
      { kind: 'client', subject: 'c' },
      { kind: 'key', publicKey: { ...key, kid: 'mine' } },
    ]);
    const [first] = bindings as { id: string }[];
    await write(`${at}/bindings/${first?.id}/unbind`, { reason }, 200);
    await write(at, { riskTier: 'high', inactiveAfterDays: 30 }, 200, 'PATCH');
    await write(`${at}/reassign`, { ownerId, teamId, reason }, 200);
    await write(`${at}/activate`, { reason }, 200);
    await write(`${at}/revoke-tokens`, { reason }, 200);
    await write(`${at}/suspend`, { reason }, 200);
    const retired = await write(`${at}/retire`, { reason }, 200);
    expect(retired).toMatchObject({ state: 'retired', bindingCount: 0, riskTier: 'high' });
    await write(`${at}/activate`, { reason }, 409);
    expect((await read('/api/v1/agents?unbound=true')).items).toEqual([]);
    expect((await read('/api/v1/agents?orphaned=false&expiring=false')).total).toBe(1);
  });

  it('takes no private key: it says so, and repeats and keeps nothing of it', async () => {
    const { id } = await write('/api/v1/agents', newAgent('careless'), 201);
    const secret = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const publicKey = secret.export({ format: 'jwk' });
    const answer = await write(`/api/v1/agents/${id}/bindings`, { kind: 'key', publicKey }, 400);
    expect(JSON.stringify(answer['problems'])).toContain('must never leave the agent');
    expect(JSON.stringify(answer)).not.toContain(publicKey.d);
    const payloads = JSON.stringify(await gate.db.ledgerPayload.findMany());
    expect(payloads).not.toContain(publicKey.d);
  });

  it.each([
    ['an unknown kind', 'bindings', { kind: 'email', issuerId, subject: 'a' }],
    ['no kind', 'bindings', { issuerId, subject: 'a' }],
    ['a query that is none', 'bindings', 'kind=subject'],
    ['nothing to change', '', {}],
    ['a name to change', '', { name: 'other' }],
    ['a number of days beyond reason', '', { inactiveAfterDays: 1e9 }],
    ['half a day', '', { inactiveAfterDays: 0.5 }],
    ['a day that is none', '', { expiresAt: '2027-02-30T00:00:00.000Z' }],
    ['no reason', 'retire', {}],
  ])('is not changed by %s', async (_, path, body) => {
    const id = (await read('/api/v1/agents?q=careless')).items[0]?.id ?? '';
    const address = `/api/v1/agents/${id}`;
    if (path === '') await write(address, body as object, 400, 'PATCH');
    else await write(`${address}/${path}`, body as object, 400);
  });

  it.each(['orphaned=maybe', 'unbound=1', 'expiring=', 'state=gone', 'perPage=1000'])(
    'is not listed by ?%s',
    async (query) => {
      const response = await it_.send('GET', `/api/v1/agents?${query}`);
      expect(response.status).toBe(400);
    },
  );
});

describe('a kill switch by its routes', () => {
  it('is activated once, shown, and released once', async () => {
    const { id } = await write('/api/v1/kill-switches', { scope: 'everything', reason }, 201);
    await write('/api/v1/kill-switches', { scope: 'everything', reason }, 409);
    expect((await read('/api/v1/kill-switches?inForce=true')).items).toMatchObject([
      { id, scope: 'everything', target: null, activatedBy: { id: ownerId } },
    ]);
    await write(`/api/v1/kill-switches/${id}/release`, { reason }, 200);
    await write(`/api/v1/kill-switches/${id}/release`, { reason }, 409);
    expect((await read('/api/v1/kill-switches?inForce=true')).total).toBe(0);
    await write('/api/v1/kill-switches', { scope: 'agent', targetId: newId(), reason }, 400);
  });
});

describe('the inbox of unregistered agents by its routes', () => {
  it('blocks, unblocks and registers', async () => {
    const id = newId();
    const now = new Date();
    await gate.db.unregisteredAgent.create({
      data: {
        id,
        issuerId,
        subject: 'unregistered',
        clientId: 'its-client',
        firstSeenAt: now,
        lastSeenAt: now,
        attempts: 3,
        lastSource: '192.0.2.1',
      },
    });
    const at = `/api/v1/unregistered-agents/${id}`;
    expect(await write(`${at}/block`, { reason }, 200)).toMatchObject({ blocked: { reason } });
    await write(`${at}/register`, { ...newAgent('from-inbox'), kind: 'client' }, 409);
    await write(`${at}/unblock`, { reason }, 200);
    const fits = [
      { kind: 'subject', problems: [] },
      { kind: 'client', problems: [] },
    ];
    expect((await read('/api/v1/unregistered-agents?blocked=false')).items).toMatchObject([
      { id, attempts: 3, lastMethod: null, bindingOptions: fits },
    ]);
    const agent = await write(`${at}/register`, { ...newAgent('from-inbox'), kind: 'client' }, 201);
    expect(agent).toMatchObject({
      state: 'draft',
      bindings: [{ kind: 'client', subject: 'its-client' }],
    });
    expect((await it_.send('GET', at)).status).toBe(404);
  });
});
