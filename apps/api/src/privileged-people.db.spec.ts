import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { newId, type Role } from '#libs/platform/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirm } from './fixtures/agreed.js';
import { answerOf } from './fixtures/answers.js';
import { newcomer, signedInAs } from './fixtures/signed-in.js';
import { addPerson } from './fixtures/people.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import type { Visitor } from './fixtures/visitor.js';

// Who holds a role by which one decides about others takes two people, whatever one account does (invariant I10).
const PRIVILEGED = ['it', 'security', 'emergency'] as const satisfies readonly Role[];
const reason = 'as agreed with everybody';

let database: TestDatabase;
let gate: TestApi;
beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
});
afterAll(async () => {
  await gate.close();
  await database.drop();
});

const colleague = (...roles: Role[]) =>
  addPerson(gate.db, { issuer: gate.idp.issuer, subject: newId(), roles });
const rolesOf = async (personId: string) =>
  (await gate.db.personRole.findMany({ where: { personId } })).map(({ role }) => role);
const give = (by: Visitor, personId: string, role: Role) =>
  answerOf(by.write('POST', '/api/v1/roles/assignments', { personId, role, reason }));
const enable = (by: Visitor, id: string) =>
  answerOf(by.write('POST', `/api/v1/people/${id}/enable`, { reason }));
const disabled = async (...roles: Role[]) => {
  const id = await colleague(...roles);
  await gate.db.person.update({ where: { id }, data: { disabledAt: new Date() } });
  return id;
};
const isActive = async (id: string) =>
  (await gate.db.person.findUniqueOrThrow({ where: { id } })).disabledAt === null;
const puppetWith = async (...roles: Role[]) => newcomer(gate, { roles, madeBy: await colleague() });

describe.each(PRIVILEGED)('giving the role %s', (role) => {
  it('takes two settled people, of whom the person concerned is none', async () => {
    const holder = await signedInAs(gate, role);
    const candidate = await signedInAs(gate, 'grc', role === 'it' ? 'security' : 'it');
    const proposed = await give(holder.visitor, candidate.id, role);
    expect(proposed.status).toBe(202);
    const puppet = await puppetWith('it', 'security');
    const reader = await signedInAs(gate, 'grc');
    for (const { visitor } of [holder, candidate, puppet, reader])
      expect((await confirm(visitor, proposed)).status).toBe(403);
    expect(await rolesOf(candidate.id)).not.toContain(role);
    const other = await signedInAs(gate, 'security');
    expect((await confirm(other.visitor, proposed)).status).toBe(200);
    expect(await rolesOf(candidate.id)).toContain(role);
  });

  it('is not proposed by an emergency, a newcomer, or for oneself', async () => {
    const candidate = await colleague();
    const puppet = await puppetWith(role);
    const { visitor, id } = await signedInAs(gate, 'it', 'security', 'emergency');
    const request = { reason: 'everything is on fire', minutes: 5 };
    const fireman = await signedInAs(gate, 'emergency');
    await fireman.visitor.write('POST', '/api/v1/emergency-access', request);
    expect((await give(puppet.visitor, candidate, role)).status).toBe(403);
    expect((await give(visitor, id, role)).status).toBe(403);
    // Their own role is that of emergencies, and it has cooled off.
    const byFireman = role === 'emergency' ? 202 : 403;
    expect((await give(fireman.visitor, candidate, role)).status).toBe(byFireman);
    expect(await rolesOf(candidate)).toEqual([]);
  });
});

describe('giving a role', () => {
  it('that only sees takes one person', async () => {
    const { visitor } = await signedInAs(gate, 'grc', 'developer', 'office');
    for (const role of ['grc', 'developer', 'office'] as const) {
      const candidate = await colleague();
      expect((await give(visitor, candidate, role)).status).toBe(204);
      expect(await rolesOf(candidate)).toEqual([role]);
    }
  });

  it('shows the second person which roles somebody has before and after', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    const second = await signedInAs(gate, 'security');
    const { body } = await give(visitor, await colleague('grc'), 'it');
    const { id } = body['proposedChange'] as { id: string };
    const shown = await answerOf(second.visitor.send('GET', `/api/v1/proposed-changes/${id}`));
    expect(shown.body).toMatchObject({
      command: 'assign-role',
      effect: { changes: { before: { roles: ['grc'] }, after: { roles: ['grc', 'it'] } } },
    });
  });
});

describe.each([...PRIVILEGED, 'owner'] as const)('enabling somebody with the role %s', (role) => {
  it('takes two settled people', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    const id = await disabled(role);
    const proposed = await enable(visitor, id);
    expect(proposed.status).toBe(202);
    const puppet = await puppetWith('it', 'security');
    for (const one of [visitor, puppet.visitor])
      expect((await confirm(one, proposed)).status).toBe(403);
    expect(await isActive(id)).toBe(false);
    const other = await signedInAs(gate, 'security');
    expect((await confirm(other.visitor, proposed)).status).toBe(200);
    expect(await isActive(id)).toBe(true);
  });
});

describe('enabling somebody', () => {
  it('whose group gives a privileged role takes two people', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    const id = await disabled();
    await addToGroupWith('security', id);
    expect((await enable(visitor, id)).status).toBe(202);
    expect(await isActive(id)).toBe(false);
  });

  it('with no role, or one that only sees, takes one person', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    for (const roles of [[], ['grc', 'developer', 'office']] satisfies Role[][]) {
      const id = await disabled(...roles);
      expect((await enable(visitor, id)).status).toBe(200);
      expect(await isActive(id)).toBe(true);
    }
  });

  it('is overtaken once they were disabled anew', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    const second = await signedInAs(gate, 'security');
    const id = await disabled('security');
    const proposed = await enable(visitor, id);
    await gate.db.person.update({ where: { id }, data: { disabledAt: new Date() } });
    expect((await confirm(second.visitor, proposed)).status).toBe(409);
    expect(await isActive(id)).toBe(false);
  });
});

const addToGroupWith = async (role: Role, personId: string): Promise<void> => {
  const [id, now] = [newId(), new Date()];
  await gate.db.group.create({
    data: {
      id,
      displayName: id,
      displayNameFolded: id,
      createdAt: now,
      updatedAt: now,
      members: { create: { personId, addedAt: now } },
    },
  });
  const decided = { state: 'active', decidedAt: now } as const;
  await gate.db.groupMapping.create({
    data: { id: newId(), groupId: id, role, proposedById: newId(), ...decided },
  });
};
