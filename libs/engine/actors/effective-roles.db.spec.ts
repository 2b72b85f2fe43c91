import { Database } from '#libs/platform/db';
import { HOUR_MS, newId, type Role } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { effectiveRoles } from './effective-roles.js';

const NOW = new Date('2026-11-22T12:00:00Z');
const DELAY_HOURS = 24;
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.appUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const person = async (...roles: Role[]) => {
  const id = newId();
  const assigned = roles.map((role) => ({ role }));
  const data = { id, email: `${id}@example.test`, name: id, createdAt: NOW };
  await db.person.create({ data: { ...data, roles: { create: assigned } } });
  return id;
};
const group = async () => {
  const id = newId();
  const at = { createdAt: NOW, updatedAt: NOW };
  await db.group.create({ data: { id, displayName: id, displayNameFolded: id, ...at } });
  return id;
};
const map = (
  groupId: string,
  role: Role,
  decidedAt: Date,
  state: 'active' | 'removed' = 'active',
) =>
  db.groupMapping.create({
    data: { id: newId(), groupId, role, state, proposedById: newId(), decidedAt },
  });
const join = (groupId: string, personId: string, addedAt: Date) =>
  db.groupMember.create({ data: { groupId, personId, addedAt } });
const open = (personId: string, expiresAt: Date, endedAt: Date | null = null) =>
  db.emergencyAccess.create({
    data: { id: newId(), personId, reason: 'fire', startedAt: hoursAgo(1), expiresAt, endedAt },
  });
const rolesOf = (id: string, coolingOffHours = DELAY_HOURS) =>
  effectiveRoles(db, id, { now: NOW, coolingOffHours });

describe('the roles that somebody has', () => {
  it('are none without anything, also for an unknown person', async () => {
    expect(await rolesOf(await person())).toEqual({ roles: [], coolingOffRoles: [] });
    expect(await rolesOf(newId())).toEqual({ roles: [], coolingOffRoles: [] });
  });

  it('are those assigned, in force at once', async () => {
    expect(await rolesOf(await person('security', 'emergency'))).toEqual({
      roles: ['security', 'emergency'],
      coolingOffRoles: [],
    });
  });

  it('are those of their groups, as long as they are members', async () => {
    const [id, groupId, other] = [await person(), await group(), await group()];
    await map(groupId, 'grc', hoursAgo(100));
    await map(groupId, 'office', hoursAgo(100));
    await map(other, 'it', hoursAgo(100));
    await join(groupId, id, hoursAgo(100));
    expect(await rolesOf(id)).toEqual({ roles: ['grc', 'office'], coolingOffRoles: [] });
    await db.groupMember.deleteMany({ where: { personId: id } });
    expect(await rolesOf(id)).toEqual({ roles: [], coolingOffRoles: [] });
  });

  it('are not those of a mapping that is removed', async () => {
    const [id, groupId] = [await person(), await group()];
    await map(groupId, 'security', hoursAgo(100), 'removed');
    await join(groupId, id, hoursAgo(100));
    expect(await rolesOf(id)).toEqual({ roles: [], coolingOffRoles: [] });
  });

  it('are never the owner’s by a group', async () => {
    const [id, groupId] = [await person(), await group()];
    await map(groupId, 'owner', hoursAgo(100));
    await join(groupId, id, hoursAgo(100));
    expect(await rolesOf(id)).toEqual({ roles: [], coolingOffRoles: [] });
  });

  it.each([
    ['a member of a moment ago', 100, 0, ['security']],
    ['a member of almost a day', 100, 23.99, ['security']],
    ['a member of a day', 100, 24, []],
    ['a mapping of a moment ago', 0, 100, ['security']],
    ['a mapping of a day', 24, 100, []],
  ])('can approve only after the delay: %s', async (_, mapped, joined, fresh) => {
    const [id, groupId] = [await person(), await group()];
    await map(groupId, 'security', hoursAgo(mapped));
    await join(groupId, id, hoursAgo(joined));
    expect(await rolesOf(id)).toEqual({ roles: ['security'], coolingOffRoles: fresh });
    expect(await rolesOf(id, 0)).toEqual({ roles: ['security'], coolingOffRoles: [] });
  });

  it('can approve at once where something older gives the same', async () => {
    const [id, old, recent] = [await person('it'), await group(), await group()];
    await map(old, 'security', hoursAgo(50));
    await map(recent, 'security', hoursAgo(0));
    await map(recent, 'it', hoursAgo(0));
    for (const groupId of [old, recent]) await join(groupId, id, hoursAgo(30));
    expect(await rolesOf(id)).toEqual({ roles: ['it', 'security'], coolingOffRoles: [] });
  });
});

describe('a role that somebody assigned', () => {
  const assigned = async (hours: number, more: { settledAtOnce?: boolean } = {}) => {
    const [id, by] = [await person(), await person('it')];
    const row = {
      personId: id,
      role: 'it',
      assignedById: by,
      assignedAt: hoursAgo(hours),
    } as const;
    await db.personRole.create({ data: { ...row, ...more } });
    return id;
  };

  it.each([
    [0, ['it']],
    [23.99, ['it']],
    [24, []],
  ])('cools off from its assignment: %d hours ago', async (hours, coolingOffRoles) => {
    expect(await rolesOf(await assigned(hours))).toEqual({ roles: ['it'], coolingOffRoles });
  });

  it('is settled at once where its row says so', async () => {
    const id = await assigned(0, { settledAtOnce: true });
    expect(await rolesOf(id)).toEqual({ roles: ['it'], coolingOffRoles: [] });
  });

  it.each([
    [0, ['it']],
    [24, []],
  ])('cools off from when the person was enabled: %d hours ago', async (hours, coolingOffRoles) => {
    for (const id of [
      await person('it'),
      await assigned(100),
      await assigned(100, { settledAtOnce: true }),
    ]) {
      await db.person.update({ where: { id }, data: { enabledAt: hoursAgo(hours) } });
      expect(await rolesOf(id)).toEqual({ roles: ['it'], coolingOffRoles });
    }
  });

  it.each([
    ['claim', 0, ['it']],
    ['claim', 24, []],
    ['added', 0, []],
    ['setup_code', 0, []],
  ] as const)(
    'cools off from the link of a sign-in by a %s: %d hours ago',
    async (linkedBy, hours, coolingOffRoles) => {
      const id = await assigned(100);
      const identity = { issuer: 'https://idp.test', subject: newId(), personId: id };
      const old = {
        ...identity,
        subject: newId(),
        linkedAt: hoursAgo(50),
        confirmedAt: hoursAgo(50),
      };
      await db.personIdentity.create({ data: { ...old, linkedBy: 'claim' } });
      await db.personIdentity.create({
        data: { ...identity, linkedBy, linkedAt: hoursAgo(hours), confirmedAt: hoursAgo(hours) },
      });
      expect(await rolesOf(id)).toEqual({ roles: ['it'], coolingOffRoles });
    },
  );
});

describe('an emergency', () => {
  it('gives IT and security while it is open, and cannot approve', async () => {
    const id = await person('emergency');
    await open(id, new Date(NOW.getTime() + 1));
    expect(await rolesOf(id, 0)).toEqual({
      roles: ['it', 'security', 'emergency'],
      coolingOffRoles: ['it', 'security'],
    });
  });

  it.each([
    ['ended', hoursAgo(-1), hoursAgo(0)],
    ['over', NOW, null],
  ])('gives nothing once it is %s', async (_, expiresAt, endedAt) => {
    const id = await person('emergency');
    await open(id, expiresAt, endedAt);
    expect(await rolesOf(id)).toEqual({ roles: ['emergency'], coolingOffRoles: [] });
  });

  it('takes nothing from a role that one has anyway', async () => {
    const id = await person('security', 'emergency');
    await open(id, hoursAgo(-1));
    expect(await rolesOf(id)).toEqual({
      roles: ['it', 'security', 'emergency'],
      coolingOffRoles: ['it'],
    });
  });
});
