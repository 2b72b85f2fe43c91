import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bumpEpoch, Prisma, transaction, type EpochSection, type Tx } from '#libs/platform/db';
import { HOUR_MS, newId } from '#libs/platform/kernel';
import { createTestDatabase, startIdp, type TestDatabase, type TestIdp } from '#libs/dev/testing';
import { registerCompany } from './fixtures/company.fixture.js';
import { registerPeople, type IdentityFixture } from './fixtures/identity.fixture.js';
import { signEverything } from './fixtures/sign-everything.fixture.js';
import { startReplica, type Replica } from './fixtures/replicas.fixture.js';
import { startRestServer, type RestServerFixture } from './fixtures/rest-server.fixture.js';

const REPLICAS = 5;
const UNREGISTERED_AGENTS_PER_ISSUER = 8;
const AUDIENCE = 'https://gatehouse.example.test';
const PUBLIC_URL = 'http://127.0.0.1:4000';
const ROUNDS = Number(process.env['REVOCATION_ROUNDS'] ?? 30);

/** Something that gives rights, how it is revoked and restored, and which allows depend on it. */
interface Right {
  readonly name: string;
  readonly section: EpochSection;
  readonly allowed: Prisma.Sql;
  readonly takeAway: (tx: Tx) => Promise<unknown>;
  readonly giveBack: (tx: Tx) => Promise<unknown>;
}

let database: TestDatabase;
let idp: TestIdp;
let rest: RestServerFixture;
let people: IdentityFixture;
let replicas: Replica[];
let calls: { token: string; body: object }[];
let rights: Right[];

beforeAll(async () => {
  database = await createTestDatabase();
  [idp, rest] = await Promise.all([startIdp(), startRestServer()]);
  const settings = { publicUrl: PUBLIC_URL, audience: AUDIENCE };
  await registerCompany({
    databaseUrl: database.appUrl,
    issuer: idp.issuer,
    audience: AUDIENCE,
    restUrl: rest.url,
  });
  replicas = await Promise.all(
    Array.from({ length: REPLICAS }, () => startReplica(database.appUrl, settings)),
  );
  people = await registerPeople(database.appUrl, {
    ...settings,
    issuer: idp.issuer,
    snapshots: {
      atLeast: async (epoch) => {
        const all = await Promise.all(replicas.map(({ snapshots }) => snapshots.atLeast(epoch)));
        return all[0] as NonNullable<(typeof all)[0]>;
      },
    },
  });
  const delegationId = await people.delegate(people.id('ann'), people.id('coder'));
  const tokenId = newId();
  const idpToken = (claims: object) => idp.accessToken({ aud: AUDIENCE, ...claims });
  const body = { server: 'helpdesk', tool: 'search_tickets', arguments: { q: 'load' } };
  const [coder, about, client, revocable] = await Promise.all([
    idpToken({ sub: 'coder' }),
    idpToken({ sub: 'ann' }),
    idpToken({ sub: 'ann', client_id: 'desk-app' }),
    idpToken({ sub: 'coder', jti: tokenId }),
  ]);
  calls = [
    { token: coder, body },
    { token: revocable, body },
    { token: coder, body: { ...body, onBehalfOf: about } },
    { token: coder, body: { ...body, onBehalfOf: client } },
    { token: coder, body: { ...body, onBehalfOf: delegationId } },
    { token: client, body },
    { token: await people.ownToken(), body },
    {
      token: await people.ownToken({ sub: people.id('ann'), act: { sub: people.id('desk') } }),
      body,
    },
  ];
  rights = await rightsOf(delegationId, tokenId);
}, 60_000);

afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.stop()));
  await people.stop();
  await Promise.all([idp.stop(), rest.stop()]);
  await database.drop();
});

const rightsOf = async (delegationId: string, tokenId: string): Promise<Right[]> => {
  const { db } = people;
  const tool = await db.tool.findFirstOrThrow({ where: { name: 'search_tickets' } });
  const binding = await db.binding.findFirstOrThrow({ where: { subject: 'coder' } });
  const member = await db.groupMember.findFirstOrThrow();
  const key = await db.signingKey.findFirstOrThrow();
  const policy = await db.policyVersion.findFirstOrThrow({ where: { policy: { name: 'people' } } });
  const [ann, coder] = [people.id('ann'), people.id('coder')];
  const memberKey = { groupId_personId: { groupId: member.groupId, personId: member.personId } };
  const ofAgent = (id: string) => Prisma.sql`actor_id = ${id}`;
  const ofPerson = Prisma.sql`data->>'personId' = ${ann}`;
  const toggle =
    <T>(set: (tx: Tx, value: T) => Promise<unknown>) =>
    (off: T, on: T) => ({
      takeAway: (tx: Tx) => set(tx, off),
      giveBack: (tx: Tx) => set(tx, on),
    });
  const agent = toggle((tx, data: object) => tx.agent.update({ where: { id: coder }, data }));
  const desk = people.id('desk');
  const deskAgent = toggle((tx, data: object) => tx.agent.update({ where: { id: desk }, data }));
  const clientBinding = await db.binding.findFirstOrThrow({ where: { subject: 'desk-app' } });
  const throughDesk = Prisma.sql`data->'actors'->>1 = ${desk}`;
  const person = toggle((tx, data: object) => tx.person.update({ where: { id: ann }, data }));
  const later = new Date(Date.now() + HOUR_MS);
  const stop = (scope: 'tool' | 'everything', targetId: string | null) => ({
    takeAway: (tx: Tx) =>
      tx.killSwitch.create({
        data: { id: newId(), scope, targetId, reason: 'test', activatedAt: new Date() },
      }),
    // What is put back otherwise is as it was signed.
    giveBack: async (tx: Tx) => {
      await tx.killSwitch.updateMany({
        where: { releasedAt: null },
        data: { releasedAt: new Date() },
      });
      await signEverything(tx);
    },
  });
  const digest = createHash('sha256').update(`${idp.issuer}\n${tokenId}`).digest('hex');
  return [
    {
      name: 'agent',
      section: 'registry',
      allowed: ofAgent(coder),
      ...agent({ state: 'suspended' }, { state: 'active' }),
    },
    {
      name: 'agent expiry',
      section: 'registry',
      allowed: ofAgent(coder),
      ...agent({ expiresAt: new Date(0) }, { expiresAt: null }),
    },
    {
      name: 'agent tokens',
      section: 'registry',
      allowed: ofAgent(coder),
      ...agent({ tokensRevokedBefore: later }, { tokensRevokedBefore: null }),
    },
    {
      name: 'binding',
      section: 'registry',
      allowed: Prisma.sql`data->>'bindingId' = ${binding.id}`,
      takeAway: (tx) => tx.binding.delete({ where: { id: binding.id } }),
      giveBack: (tx) =>
        tx.binding.create({ data: { ...binding, conditions: [], publicKey: Prisma.DbNull } }),
    },
    {
      name: 'agent to whose client the person’s token was issued',
      section: 'registry',
      allowed: throughDesk,
      ...deskAgent({ state: 'suspended' }, { state: 'active' }),
    },
    {
      name: 'binding of that client',
      section: 'registry',
      allowed: throughDesk,
      takeAway: (tx) => tx.binding.delete({ where: { id: clientBinding.id } }),
      giveBack: (tx) =>
        tx.binding.create({ data: { ...clientBinding, conditions: [], publicKey: Prisma.DbNull } }),
    },
    {
      name: 'person',
      section: 'people',
      allowed: ofPerson,
      ...person({ disabledAt: new Date() }, { disabledAt: null }),
    },
    {
      name: 'person tokens',
      section: 'people',
      allowed: Prisma.sql`${ofPerson} AND data->>'identifiedBy' <> 'delegation'`,
      ...person({ tokensRevokedBefore: later }, { tokensRevokedBefore: null }),
    },
    {
      name: 'group',
      section: 'people',
      allowed: ofPerson,
      takeAway: (tx) => tx.groupMember.delete({ where: memberKey }),
      giveBack: (tx) => tx.groupMember.create({ data: member }),
    },
    {
      name: 'delegation',
      section: 'people',
      allowed: Prisma.sql`data->>'delegationId' = ${delegationId}`,
      ...toggle((tx, withdrawnAt: Date | null) =>
        tx.delegation.update({ where: { id: delegationId }, data: { withdrawnAt } }),
      )(new Date(), null),
    },
    {
      name: 'tool',
      section: 'registry',
      allowed: Prisma.sql`subject_id = ${tool.id}`,
      ...stop('tool', tool.id),
    },
    {
      name: 'everything',
      section: 'registry',
      allowed: Prisma.sql`true`,
      ...stop('everything', null),
    },
    {
      name: 'policy',
      section: 'registry',
      allowed: Prisma.sql`(${ofPerson} OR ${ofAgent(people.id('desk'))})`,
      ...toggle((tx, state: 'archived' | 'active') =>
        tx.policyVersion.update({ where: { id: policy.id }, data: { state } }),
      )('archived', 'active'),
    },
    {
      name: 'issuer',
      section: 'registry',
      allowed: Prisma.sql`data->>'issuerId' = ${people.issuerId}`,
      ...toggle((tx, retiredAt: Date | null) =>
        tx.issuer.update({ where: { id: people.issuerId }, data: { retiredAt } }),
      )(new Date(), null),
    },
    {
      name: 'token',
      section: 'registry',
      allowed: Prisma.sql`data->>'tokenDigest' = ${digest}`,
      takeAway: (tx) =>
        tx.revokedToken.create({
          data: { issuer: idp.issuer, tokenId, expiresAt: later, revokedAt: new Date() },
        }),
      // No process can: what is revoked stays revoked.
      giveBack: () =>
        database.asSuperuser('DELETE FROM revoked_token WHERE token_id = $1', [tokenId]),
    },
    {
      name: 'signing key',
      section: 'registry',
      allowed: Prisma.sql`data->>'identifiedBy' = 'own_token'`,
      takeAway: (tx) => tx.signingKey.delete({ where: { id: key.id } }),
      giveBack: (tx) =>
        tx.signingKey.create({ data: { ...key, publicKey: key.publicKey as object } }),
    },
  ];
};

const allowsOf = async (db: Pick<Tx, '$queryRaw'>, { allowed }: Right): Promise<number> => {
  const [row] = await db.$queryRaw<{ n: number }[]>(Prisma.sql`
    SELECT count(*)::int AS n FROM ledger_entry
    WHERE type = 'call.intent' AND data->>'decision' = 'allow' AND ${allowed}`);
  return row?.n ?? 0;
};

/** Keeps every replica busy with every kind of call until told to end; answers how many succeeded. */
const startLoad = (isGuarded: boolean): (() => Promise<number>) => {
  const over = new AbortController();
  let succeeded = 0;
  const caller = async (replica: Replica, first: number) => {
    for (let index = first; !over.signal.aborted; index += 1) {
      const { token, body } = calls[index % calls.length] as (typeof calls)[0];
      const status = await replica.call(token, body, isGuarded);
      if (status === 200) succeeded += 1;
      else await sleep(2);
    }
  };
  const callers = replicas.flatMap((replica) =>
    Array.from({ length: UNREGISTERED_AGENTS_PER_ISSUER }, (_, index) => caller(replica, index)),
  );
  return async () => {
    over.abort();
    await Promise.all(callers);
    return succeeded;
  };
};

/** What one round counted: allows while the right was gone, and before and after that. */
interface Counted {
  /** From inside the revocation, whose lock no group commit passes until it has committed. */
  readonly lateByLock: number;
  /** From a read that began after the commit: what it misses, it misses in our favour. */
  readonly lateByRead: number;
  readonly before: number;
}

const revoke = async (right: Right): Promise<Counted> => {
  const { db } = people;
  const before = await transaction(db, async (tx) => {
    await right.takeAway(tx);
    await bumpEpoch(tx, right.section);
    return allowsOf(tx, right);
  });
  const justAfter = await allowsOf(db, right);
  await sleep(60);
  const after = await transaction(db, async (tx) => {
    await right.giveBack(tx);
    await bumpEpoch(tx, right.section);
    return allowsOf(tx, right);
  });
  return { before, lateByLock: after - before, lateByRead: after - justAfter };
};

const revokeAtRandom = async (isGuarded: boolean, rounds: number) => {
  const endLoad = startLoad(isGuarded);
  const counted = new Map<string, Counted>();
  const carried = () => Promise.all(rights.map((right) => allowsOf(people.db, right)));
  await expect
    .poll(async () => Math.min(...(await carried())), { timeout: 30_000 })
    .toBeGreaterThan(0);
  for (let round = 0; round < rounds; round += 1) {
    // Each kind at least once, then at random.
    const right = rights[round < rights.length ? round : Math.floor(Math.random() * rights.length)];
    if (right === undefined) throw new Error('there is no such right');
    const { lateByLock, lateByRead, before } = await revoke(right);
    const known = counted.get(right.name) ?? { lateByLock: 0, lateByRead: 0, before: 0 };
    counted.set(right.name, {
      before,
      lateByLock: known.lateByLock + lateByLock,
      lateByRead: known.lateByRead + lateByRead,
    });
    await sleep(40);
  }

  return { succeeded: await endLoad(), counted };
};

describe('five gateways under load on one database', () => {
  it('commit no allow after the commit of a revocation, whatever is revoked', async () => {
    const { succeeded, counted } = await revokeAtRandom(true, ROUNDS);
    expect(succeeded).toBeGreaterThan(100);
    for (const right of rights) {
      // Each of them did carry calls, or nothing would be shown.
      expect([right.name, (counted.get(right.name)?.before ?? 0) > 0]).toEqual([right.name, true]);
      expect([right.name, counted.get(right.name)?.lateByLock]).toEqual([right.name, 0]);
    }
  }, 120_000);

  it('would commit some without the guard (negative control)', async () => {
    const { counted } = await revokeAtRandom(false, rights.length);
    const late = [...counted.values()].reduce((sum, { lateByRead }) => sum + lateByRead, 0);
    expect(late).toBeGreaterThan(0);
  }, 120_000);
});
