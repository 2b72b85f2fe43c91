import { generateKeyPairSync } from 'node:crypto';
import { readEpoch, type Database } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import { describe, expect } from 'vitest';
import { itWithAgents as it, type TestAgents } from '../agents.fixture.js';
import { agentDetailSchema, RetireAgent, UnbindAgent } from '../index.js';

let open: TestAgents;
let db: Database;
let bind: TestAgents['bind'];
let unbind: UnbindAgent;
let issuerId: string;

const publicKey = (kid?: string) => ({
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }),
  ...(kid === undefined ? {} : { kid }),
});

const bindNew = async (binding: object) => {
  const id = await open.addAgent();
  await bind.execute(open.it, { id, ...binding });
  return id;
};

const bindingsOf = async (id: string) =>
  agentDetailSchema.parse(await open.queries.get(open.it, id)).bindings;

it.beforeAll(async ({ shared }) => {
  open = shared;
  ({ db, bind, issuerId } = open);
  unbind = new UnbindAgent(open.runtime);
});

describe('binding an agent', () => {
  it('adds the exact subject and moves the epoch', async () => {
    const id = await open.addAgent();
    const before = await readEpoch(db);
    await bind.execute(open.it, { id, kind: 'subject', issuerId, subject: 'Client-A' });
    expect(await readEpoch(db)).toBe(before + 1n);
    expect(await bindingsOf(id)).toMatchObject([
      { kind: 'subject', subject: 'Client-A', issuer: { id: issuerId }, conditions: [] },
    ]);
    expect(await open.newest('bind-agent')).toMatchObject({
      data: { facts: { kind: 'subject', issuerId, conditionCount: 0 } },
    });
  });

  it('takes another case for another subject', async () => {
    await bindNew({ kind: 'subject', issuerId, subject: 'CASE' });
    await bindNew({ kind: 'subject', issuerId, subject: 'case' });
  });

  it('adds a client, and a key with its thumbprint', async () => {
    const id = await bindNew({
      kind: 'client',
      issuerId,
      clientId: 'https://c.test/meta%2Fclient',
    });
    const key = publicKey('mine');
    await bind.execute(open.it, { id, kind: 'key', publicKey: key });
    expect(await bindingsOf(id)).toMatchObject([
      { kind: 'client', publicKey: null },
      { kind: 'key', issuer: null, publicKey: key },
    ]);
  });

  it('raises an alert that concerns who bound it, unless the agent is a draft', async () => {
    const id = await bindNew({ kind: 'client', issuerId, clientId: newId() });
    const alerts = () => db.alert.findMany({ where: { kind: 'binding_added', subjectId: id } });
    expect(await alerts()).toEqual([]);
    await db.agent.update({ where: { id }, data: { state: 'active' } });
    await bind.execute(open.it, { id, kind: 'subject', issuerId, subject: newId() });
    expect(await alerts()).toMatchObject([
      { subjectKind: 'agent', byId: open.it.id, concernedIds: [open.it.id] },
    ]);
  });

  it('keeps conditions, and tells subjects apart by them', async () => {
    const subject = newId();
    const on = (claim: string, equals: string) => [
      { claim: 'team', equals: 'care' },
      { claim, equals },
    ];
    const binding = { kind: 'subject', issuerId, subject };
    const id = await bindNew({ ...binding, conditions: on('env', 'prod') });
    await bindNew({ ...binding, conditions: on('env', 'dev') });
    expect((await bindingsOf(id))[0]?.conditions).toEqual([
      { claim: 'env', equals: 'prod' },
      { claim: 'team', equals: 'care' },
    ]);
  });

  it('rejects a second binding that a token of the first could match too', async () => {
    const subject = newId();
    const binding = { kind: 'subject', issuerId, subject };
    const [env, other] = [
      { claim: 'env', equals: 'prod' },
      { claim: 'other', equals: 'x' },
    ];
    await bindNew({ ...binding, conditions: [env] });
    for (const conditions of [[], [env], [other], [env, other]])
      await expect(bindNew({ ...binding, conditions })).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('tell its tokens apart') as string,
        problems: [{ path: 'subject' }],
      });
    expect(await db.binding.count({ where: { subject } })).toBe(1);
  });

  it('lets one of two overlapping bindings in when they are asked for at once', async () => {
    const subject = newId();
    const ids = [await open.addAgent(), await open.addAgent()];
    const conditions = (index: number) => [{ claim: `claim-${index}`, equals: 'x' }];
    const results = await Promise.allSettled(
      ids.map((id, index) =>
        bind.execute(open.it, {
          id,
          kind: 'subject',
          issuerId,
          subject,
          conditions: conditions(index),
        }),
      ),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await db.binding.count({ where: { subject } })).toBe(1);
  });

  it('takes the same subject of another issuer for somebody else', async () => {
    const subject = newId();
    await bindNew({ kind: 'subject', issuerId, subject });
    await bindNew({ kind: 'subject', issuerId: await open.addIssuer(), subject });
  });

  it.each([
    ['subject', () => ({ kind: 'subject', issuerId, subject: 'taken' }), 'subject'],
    ['client', () => ({ kind: 'client', issuerId, clientId: 'taken' }), 'clientId'],
  ])('gives a %s to one agent only, and names it to who may see it', async (_, make, path) => {
    const taken = await bindNew(make());
    const { name } = await db.agent.findUniqueOrThrow({ where: { id: taken } });
    await expect(bindNew(make())).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(name) as string,
      problems: [{ path }],
    });
  });

  it('gives a key to one agent only, and an id of a key once to an agent', async () => {
    const key = publicKey('k1');
    const id = await bindNew({ kind: 'key', publicKey: key });
    await expect(bindNew({ kind: 'key', publicKey: { ...key, kid: 'k2' } })).rejects.toMatchObject({
      code: 'conflict',
      problems: [{ path: 'publicKey' }],
    });
    const second = { id, kind: 'key', publicKey: publicKey('k1') };
    await expect(bind.execute(open.it, second)).rejects.toMatchObject({
      code: 'conflict',
      problems: [{ path: 'publicKey.kid' }],
    });
    await bindNew({ kind: 'key', publicKey: publicKey('k1') });
  });

  it('rejects a subject that somebody blocked in the inbox', async () => {
    const subject = newId();
    const seen = { firstSeenAt: new Date(), lastSeenAt: new Date(), attempts: 1, lastSource: 'x' };
    await db.unregisteredAgent.create({
      data: { id: newId(), issuerId, subject, clientId: '', ...seen, blockedAt: new Date() },
    });
    await expect(bindNew({ kind: 'subject', issuerId, subject })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Unblock') as string,
    });
  });

  it('rejects a retired agent, and more bindings than an agent can have', async () => {
    const id = await open.addAgent();
    const row = { agentId: id, kind: 'subject' as const, issuerId, createdAt: new Date() };
    await db.binding.createMany({
      data: Array.from({ length: 50 }, () => ({ ...row, id: newId(), subject: newId() })),
    });
    const next = { id, kind: 'subject', issuerId, subject: newId() };
    await expect(bind.execute(open.it, next)).rejects.toMatchObject({ code: 'conflict' });
    await db.agent.update({ where: { id }, data: { state: 'retired' } });
    await expect(bind.execute(open.it, next)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('final') as string,
    });
  });

  it('rejects an issuer that is not trusted, or not any more', async () => {
    const retired = await open.addIssuer({ retiredAt: new Date() });
    for (const issuer of [newId(), retired])
      await expect(
        bindNew({ kind: 'subject', issuerId: issuer, subject: 'a' }),
      ).rejects.toMatchObject({ code: 'invalid_input', problems: [{ path: 'issuerId' }] });
  });
});

describe('a binding that is too broad, or that nothing could match', () => {
  const ON_GITHUB = 'repo:org/repo:ref:refs/heads/main';

  it.each([
    ['a wildcard', 'rfc9068', { subject: 'client-*' }, 'subject'],
    ['a placeholder', 'rfc9068', { subject: 'client-?' }, 'subject'],
    ['white space', 'rfc9068', { subject: ' client' }, 'subject'],
    ['nothing', 'rfc9068', { subject: '' }, 'subject'],
    ['an e-mail address', 'rfc9068', { subject: 'somebody@example.test' }, 'subject'],
    ['invisible characters', 'rfc9068', { subject: 'cli\u200bent' }, 'subject'],
    ['text turned round', 'rfc9068', { subject: 'cli\u202eent' }, 'subject'],
    ['a whole namespace', 'kubernetes', { subject: 'system:serviceaccounts:care' }, 'subject'],
    ['a whole trust domain', 'spiffe', { subject: 'spiffe://example.test' }, 'subject'],
    ['a repository by name alone', 'github', { subject: ON_GITHUB }, null],
    ['an unknown profile', 'nonsense', { subject: 'client' }, 'issuerId'],
    [
      'a claim named twice',
      'rfc9068',
      {
        subject: 'c',
        conditions: [
          { claim: 'a', equals: '1' },
          { claim: 'a', equals: '2' },
        ],
      },
      'conditions',
    ],
    [
      'a wildcard in a condition',
      'rfc9068',
      { subject: 'c', conditions: [{ claim: 'a', equals: '*' }] },
      'conditions',
    ],
    [
      'a condition without a value',
      'rfc9068',
      { subject: 'c', conditions: [{ claim: 'a', equals: '' }] },
      'conditions.0.equals',
    ],
    [
      'a condition that is no text',
      'rfc9068',
      { subject: 'c', conditions: [{ claim: 'a', equals: 1 }] },
      'conditions.0.equals',
    ],
    [
      'too many conditions',
      'rfc9068',
      {
        subject: 'c',
        conditions: Array.from({ length: 11 }, (_, n) => ({ claim: `c${n}`, equals: 'x' })),
      },
      'conditions',
    ],
  ])('is rejected when saved: %s', async (_, profile, over, path) => {
    const issuer = await open.addIssuer({ profile });
    await expect(bindNew({ kind: 'subject', issuerId: issuer, ...over })).rejects.toMatchObject({
      code: 'invalid_input',
      problems: expect.arrayContaining([
        expect.objectContaining(path === null ? {} : { path }) as object,
      ]) as object[],
    });
    expect(await db.binding.count({ where: { issuerId: issuer } })).toBe(0);
  });

  it('is rejected too for a client where workloads have none, and for a wildcard', async () => {
    const kubernetes = await open.addIssuer({ profile: 'kubernetes' });
    for (const over of [
      { issuerId: kubernetes, clientId: 'some-client' },
      { issuerId, clientId: 'client-*' },
    ])
      await expect(bindNew({ kind: 'client', ...over })).rejects.toMatchObject({
        code: 'invalid_input',
        problems: [{ path: 'clientId' }],
      });
  });

  it('is rejected with the members of another kind', async () => {
    for (const binding of [
      { kind: 'client', issuerId, clientId: 'c', conditions: [] },
      { kind: 'subject', issuerId, subject: 'c', clientId: 'c' },
      { kind: 'key', issuerId, publicKey: publicKey() },
      { issuerId, subject: 'c' },
    ])
      await expect(bindNew(binding)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('never writes down a private key that somebody pasted', async () => {
    const secret = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
      format: 'jwk',
    });
    await expect(bindNew({ kind: 'key', publicKey: secret })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('must never leave the agent') as string,
    });
    const written = JSON.stringify([
      await db.ledgerPayload.findMany(),
      await db.binding.findMany(),
    ]);
    expect(written).not.toContain(secret.d);
  });
});

describe('unbinding an agent', () => {
  it('takes the binding away, moves the epoch, and lets an active agent go unbound', async () => {
    const id = await open.addActiveAgent();
    const [binding] = await bindingsOf(id);
    const before = await readEpoch(db);
    await unbind.execute(open.it, { id, bindingId: binding?.id, reason: 'leaked' });
    expect(await readEpoch(db)).toBe(before + 1n);
    expect(await open.queries.get(open.it, id)).toMatchObject({
      state: 'active',
      bindings: [],
      bindingCount: 0,
    });
    expect(await open.newest('unbind-agent')).toMatchObject({
      data: { facts: { bindingId: binding?.id, bindingsLeft: 0 } },
    });
  });

  it('remembers the client, by unbinding and by retiring, so that its tokens are nobody’s', async () => {
    const [one, other] = [await open.addActiveAgent(), await open.addActiveAgent()];
    const [binding] = await bindingsOf(one);
    const subjects = [...(await bindingsOf(one)), ...(await bindingsOf(other))].map(
      ({ subject }) => subject,
    );
    await unbind.execute(open.it, { id: one, bindingId: binding?.id, reason: 'leaked' });
    await new RetireAgent(open.runtime).execute(open.it, { id: other, reason: 'done' });
    const where = { clientId: { in: subjects } };
    const found = await db.unboundClient.findMany({ where, select: { clientId: true } });
    expect(found.map(({ clientId }) => clientId).toSorted()).toEqual(subjects.toSorted());
  });

  it('rejects a binding that is another agent’s', async () => {
    const [one, other] = [await open.addActiveAgent(), await open.addActiveAgent()];
    const [binding] = await bindingsOf(other);
    const input = { id: one, bindingId: binding?.id, reason: 'mistaken' };
    await expect(unbind.execute(open.it, input)).rejects.toMatchObject({ code: 'not_found' });
    expect(await bindingsOf(other)).toHaveLength(1);
  });

  it('is for IT alone', async () => {
    const id = await open.addActiveAgent();
    const [binding] = await bindingsOf(id);
    const security = await open.addPerson(['security']);
    await expect(
      unbind.execute(security, { id, bindingId: binding?.id, reason: 'odd' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});
