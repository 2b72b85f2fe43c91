import { commandNames, CommandRuntime } from '#libs/commands';
import { Database, readEpochSections } from '#libs/db';
import { newId, systemActor, type Actor, type Role } from '#libs/kernel';
import { CommandWriter } from '#libs/ledger';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AddPerson } from './commands/add-person.js';
import { AddTeam } from './commands/add-team.js';
import { ChangePerson } from './commands/change-person.js';
import { ChangeTeam } from './commands/change-team.js';
import { DisablePerson } from './commands/disable-person.js';
import { EnablePerson } from './commands/enable-person.js';
import { RevokePersonAccess } from './commands/revoke-person-access.js';
import { peopleCommands } from './people.commands.js';

type PersonActor = Extract<Actor, { kind: 'person' }>;

let database: TestDatabase;
let db: Database;
let writer: CommandWriter;
let runtime: CommandRuntime;
let it_: PersonActor;
const reason = 'has left the company';
const teamId = newId();

const person = async (roles: Role[] = []): Promise<PersonActor> => {
  const id = newId();
  await db.person.create({
    data: {
      id,
      name: 'Pat',
      email: `${id}@example.test`,
      createdAt: new Date(),
      roles: { create: roles.map((role) => ({ role })) },
    },
  });
  return { kind: 'person', id, name: 'Pat', roles, teamIds: [] };
};

/** Everything that lets anybody act as this person, or wait for them. */
const addHoldings = async (personId: string) => {
  const now = new Date();
  const later = new Date(now.getTime() + 3_600_000);
  const [agentId, serverId, toolId, versionId] = [newId(), newId(), newId(), newId()];
  const common = { teamId, createdAt: now, updatedAt: now };
  await db.agent.create({
    data: {
      ...common,
      id: agentId,
      name: `agent-${agentId}`,
      purpose: 'p',
      state: 'active',
      riskTier: 'low',
      tags: [],
      ownerId: personId,
    },
  });
  await db.toolServer.create({
    data: {
      ...common,
      id: serverId,
      slug: serverId.slice(-12),
      name: 's',
      kind: 'mcp',
      url: 'http://127.0.0.1/',
      state: 'ready',
      ownerId: it_.id,
    },
  });
  await db.tool.create({
    data: {
      id: toolId,
      serverId,
      name: 't',
      inputSchema: {},
      annotations: {},
      classification: 'read',
      definitionDigest: 'd',
      pinnedAt: now,
    },
  });
  await db.policy.create({
    data: {
      id: newId(),
      kind: 'grant',
      name: `grant ${versionId}`,
      description: 'd',
      createdAt: now,
      versions: {
        create: {
          id: versionId,
          number: 1,
          text: 'rules: []',
          note: 'n',
          proposedAt: now,
          state: 'in_review',
        },
      },
    },
  });
  const asked = { agentId, toolId, why: 'w', durationHours: 1, requestedAt: now };
  await db.accessRequest.createMany({
    data: [
      { ...asked, id: newId(), state: 'open', requestedById: personId },
      { ...asked, id: newId(), state: 'drafted', requestedById: personId, versionId },
      { ...asked, id: newId(), state: 'refused', requestedById: personId },
      { ...asked, id: newId(), state: 'open', requestedById: it_.id },
    ],
  });
  const granted = { agentId, purpose: 'p', createdAt: now };
  await db.delegation.createMany({
    data: [
      { ...granted, id: newId(), personId, expiresAt: later },
      { ...granted, id: newId(), personId, expiresAt: now },
      { ...granted, id: newId(), personId: it_.id, expiresAt: later },
    ],
  });
  const session = { expire: later, sess: { personId } };
  await db.consoleSession.createMany({
    data: [
      { ...session, sid: newId() },
      { ...session, sid: newId() },
      { ...session, sid: newId(), sess: { personId: it_.id } },
    ],
  });
  return { agentId, versionId };
};

const factsOf = async (type: string) => {
  const { data } = await db.ledgerEntry.findFirstOrThrow({
    where: { type },
    orderBy: { id: 'desc' },
  });
  return (data as { facts: Record<string, unknown> }).facts;
};

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.appUrl);
  const link = { url: database.appUrl, writer: 'api' as const, boot: newId() };
  writer = new CommandWriter(link, [...commandNames(peopleCommands)]);
  runtime = new CommandRuntime(db, writer, { now: () => new Date() });
  await db.team.create({ data: { id: teamId, name: 'support' } });
  it_ = await person(['it']);
  await person(['security']);
});
afterAll(async () => {
  await writer.stop();
  await db.$disconnect();
  await database.drop();
});

describe('deactivating a person', () => {
  it('takes away whatever acts for them or waits for them, and nobody else’s (S3)', async () => {
    const leaver = await person(['developer']);
    const { agentId, versionId } = await addHoldings(leaver.id);
    const before = await readEpochSections(db);
    await new DisablePerson(runtime).execute(it_, { id: leaver.id, reason });
    const after = await readEpochSections(db);
    expect([after.people, after.registry]).toEqual([after.value, after.value]);
    expect(after.value).toBe(before.value + 1n);

    const row = await db.person.findUniqueOrThrow({ where: { id: leaver.id } });
    expect(row.disabledAt).not.toBeNull();
    expect(row.tokensRevokedBefore).not.toBeNull();
    const left = await db.$queryRaw<{ sess: { personId: string } }[]>`
      SELECT sess FROM console_session`;
    expect(left.map(({ sess }) => sess.personId)).toEqual([it_.id]);
    const standing = { withdrawnAt: null, expiresAt: { gt: new Date() } };
    expect(await db.delegation.findMany({ where: standing })).toMatchObject([{ personId: it_.id }]);
    expect(
      (await db.accessRequest.findMany({ where: { requestedById: leaver.id } }))
        .map(({ state }) => state)
        .toSorted(),
    ).toEqual(['refused', 'withdrawn', 'withdrawn']);
    expect(await db.accessRequest.findFirst({ where: { requestedById: it_.id } })).toMatchObject({
      state: 'open',
    });
    const version = await db.policyVersion.findUniqueOrThrow({ where: { id: versionId } });
    expect(version.state).toBe('rejected');
    const agent = await db.agent.findUniqueOrThrow({ where: { id: agentId } });
    expect(agent.state).toBe('suspended');
    expect(await factsOf('disable-person')).toMatchObject({
      sessionsEnded: 2,
      delegationsWithdrawn: 1,
      requestsWithdrawn: 2,
      agentsSuspended: 1,
    });
    await expect(
      new DisablePerson(runtime).execute(it_, { id: leaver.id, reason }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is undone without giving back what was cut', async () => {
    const leaver = await person(['developer']);
    await new DisablePerson(runtime).execute(it_, { id: leaver.id, reason });
    await new EnablePerson(runtime).execute(it_, { id: leaver.id, reason: 'is back again' });
    const row = await db.person.findUniqueOrThrow({ where: { id: leaver.id } });
    expect(row.disabledAt).toBeNull();
    expect(row.tokensRevokedBefore).not.toBeNull();
    expect(await factsOf('enable-person')).toEqual({ roles: ['developer'] });
    await expect(
      new EnablePerson(runtime).execute(it_, { id: leaver.id, reason }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('signing a person out everywhere', () => {
  it('cuts sessions, tokens and delegations of somebody who stays', async () => {
    const somebody = await person(['office']);
    await addHoldings(somebody.id);
    const security: Actor = { ...(await person(['security'])) };
    await new RevokePersonAccess(runtime).execute(security, { id: somebody.id, reason });
    const row = await db.person.findUniqueOrThrow({ where: { id: somebody.id } });
    expect([row.disabledAt, row.tokensRevokedBefore === null]).toEqual([null, false]);
    expect(await factsOf('revoke-person-access')).toEqual({
      sessionsEnded: 2,
      delegationsWithdrawn: 1,
    });
  });
});

describe('a person whom a provisioning client manages', () => {
  it('is changed there, but for teams and access', async () => {
    const managed = await person();
    const connectionId = newId();
    const now = new Date();
    await db.scimConnection.create({
      data: { id: connectionId, name: 'Entra of the tests', kind: 'entra', createdAt: now },
    });
    await db.scimUser.create({
      data: {
        personId: managed.id,
        connectionId,
        userName: 'm',
        userNameFolded: 'm',
        attributes: {},
        createdAt: now,
        updatedAt: now,
      },
    });
    const { id } = managed;
    const refused = {
      code: 'conflict',
      message: expect.stringContaining('Entra of the tests') as string,
    };
    const change = new ChangePerson(runtime);
    await expect(change.execute(it_, { id, name: 'Other' })).rejects.toMatchObject(refused);
    await expect(change.execute(it_, { id, email: 'o@example.test' })).rejects.toMatchObject(
      refused,
    );
    await expect(new DisablePerson(runtime).execute(it_, { id, reason })).rejects.toMatchObject(
      refused,
    );
    await expect(new EnablePerson(runtime).execute(it_, { id, reason })).rejects.toMatchObject(
      refused,
    );
    await change.execute(it_, { id, teamIds: [teamId, teamId] });
    await new RevokePersonAccess(runtime).execute(it_, { id, reason });
    expect(await db.personTeam.findMany({ where: { personId: id } })).toMatchObject([{ teamId }]);
  });
});

describe('adding a person', () => {
  const input = (over: object = {}) => ({
    issuer: 'https://idp.test',
    subject: newId(),
    email: 'new@example.test',
    name: 'New',
    teamIds: [teamId],
    ...over,
  });

  it('gives no role, whoever adds them', async () => {
    const add = new AddPerson(runtime);
    const { id } = await add.execute(it_, input());
    expect(await db.personRole.count({ where: { personId: id } })).toBe(0);
    for (const actor of [it_, await person(['owner'])]) {
      await expect(add.execute(actor, input({ roles: ['security'] }))).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    await add.execute(systemActor('sandbox'), input({ roles: ['grc'] }));
  });

  it('never gives one sign-in to two people, and tells letters of another case apart', async () => {
    const add = new AddPerson(runtime);
    const subject = `Subject-${newId()}`;
    await add.execute(it_, input({ subject }));
    await expect(add.execute(it_, input({ subject }))).rejects.toMatchObject({ code: 'conflict' });
    await add.execute(it_, input({ subject: subject.toLowerCase() }));
  });

  it.each<[string, object]>([
    ['an issuer that is no web address', { issuer: 'javascript:alert(1)' }],
    ['no subject', { subject: '' }],
    ['a subject with control characters', { subject: 'a\u0000b' }],
    ['a name that turns text round', { name: 'a\u202eb' }],
    ['a name of 10,000 letters', { name: 'x'.repeat(10_000) }],
    ['an e-mail that is none', { email: 'somebody' }],
    ['a team that there is not', { teamIds: [newId()] }],
    ['a column of ours', { disabledAt: null }],
  ])('is refused for %s', async (_, over) => {
    const before = await db.person.count();
    await expect(new AddPerson(runtime).execute(it_, input(over))).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(await db.person.count()).toBe(before);
  });
});

describe('a team', () => {
  it('says what becomes of its agents, and to whom they go', async () => {
    const add = new AddTeam(runtime);
    const change = new ChangeTeam(runtime);
    const { id } = await add.execute(it_, { name: 'Research of the tests' });
    const gone = await person();
    await db.person.update({ where: { id: gone.id }, data: { disabledAt: new Date() } });
    for (const orphanOwnerId of [null, gone.id, newId()]) {
      const input = { id, orphanRule: 'reassign' as const, orphanOwnerId };
      await expect(change.execute(it_, input)).rejects.toMatchObject({ code: 'invalid_input' });
    }
    const before = await readEpochSections(db);
    await change.execute(it_, { id, orphanRule: 'reassign', orphanOwnerId: it_.id });
    expect((await readEpochSections(db)).value).toBe(before.value);
    expect(await db.team.findUniqueOrThrow({ where: { id } })).toMatchObject({
      name: 'Research of the tests',
      orphanRule: 'reassign',
      orphanOwnerId: it_.id,
    });
    await change.execute(it_, { id, name: 'Renamed by the tests' });
    expect((await readEpochSections(db)).registry).toBe(before.value + 1n);
    await expect(add.execute(it_, { name: 'Renamed by the tests' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});
