import type { CommandRuntime } from '#libs/engine/commands';
import { readEpochSections, type Database } from '#libs/platform/db';
import { newId, systemActor, type Role } from '#libs/platform/kernel';
import { describe, expect } from 'vitest';
import { AddPerson } from './commands/add-person.js';
import { AddTeam } from './commands/add-team.js';
import { ChangePerson } from './commands/change-person.js';
import { ChangeTeam } from './commands/change-team.js';
import { DisablePerson } from './commands/disable-person.js';
import { EnablePerson } from './commands/enable-person.js';
import { RevokePersonAccess } from './commands/revoke-person-access.js';
import { itWithPeople as it, type TestPeople } from './people.fixture.js';
import type { PersonActor } from '#libs/dev/testing';

let people: TestPeople;
let db: Database;
let runtime: CommandRuntime;
let itPerson: PersonActor;
let teamId: string;
const reason = 'has left the company';

const person = (roles: Role[] = []) => people.addPerson(roles);

it.beforeAll(async ({ shared }) => {
  people = shared;
  ({ db, runtime, itPerson, teamId } = people);
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
    const rejected = {
      code: 'conflict',
      message: expect.stringContaining('Entra of the tests') as string,
    };
    const change = new ChangePerson(runtime);
    await expect(change.execute(itPerson, { id, name: 'Other' })).rejects.toMatchObject(rejected);
    await expect(change.execute(itPerson, { id, email: 'o@example.test' })).rejects.toMatchObject(
      rejected,
    );
    await expect(
      new DisablePerson(runtime).execute(itPerson, { id, reason }),
    ).rejects.toMatchObject(rejected);
    await expect(new EnablePerson(runtime).execute(itPerson, { id, reason })).rejects.toMatchObject(
      rejected,
    );
    await change.execute(itPerson, { id, teamIds: [teamId, teamId] });
    await new RevokePersonAccess(runtime).execute(itPerson, { id, reason });
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

  it('gives no role, whatever roles the adder has', async () => {
    const add = new AddPerson(runtime);
    const { id } = await add.execute(itPerson, input());
    expect(await db.personRole.count({ where: { personId: id } })).toBe(0);
    for (const actor of [itPerson, await person(['owner'])]) {
      await expect(add.execute(actor, input({ roles: ['security'] }))).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    await add.execute(systemActor('sandbox'), input({ roles: ['grc'] }));
  });

  it('never gives one sign-in to two people, and tells letters of another case apart', async () => {
    const add = new AddPerson(runtime);
    const subject = `Subject-${newId()}`;
    await add.execute(itPerson, input({ subject }));
    await expect(add.execute(itPerson, input({ subject }))).rejects.toMatchObject({
      code: 'conflict',
    });
    await add.execute(itPerson, input({ subject: subject.toLowerCase() }));
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
  ])('is rejected for %s', async (_, over) => {
    const before = await db.person.count();
    await expect(new AddPerson(runtime).execute(itPerson, input(over))).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(await db.person.count()).toBe(before);
  });
});

describe('a team', () => {
  it('says what becomes of its agents, and to whom they go', async () => {
    const add = new AddTeam(runtime);
    const change = new ChangeTeam(runtime);
    const { id } = await add.execute(itPerson, { name: 'Research of the tests' });
    const gone = await person();
    await db.person.update({ where: { id: gone.id }, data: { disabledAt: new Date() } });
    for (const orphanOwnerId of [null, gone.id, newId()]) {
      const input = { id, orphanRule: 'reassign' as const, orphanOwnerId };
      await expect(change.execute(itPerson, input)).rejects.toMatchObject({
        code: 'invalid_input',
      });
    }
    const before = await readEpochSections(db);
    await change.execute(itPerson, { id, orphanRule: 'reassign', orphanOwnerId: itPerson.id });
    expect((await readEpochSections(db)).value).toBe(before.value);
    expect(await db.team.findUniqueOrThrow({ where: { id } })).toMatchObject({
      name: 'Research of the tests',
      orphanRule: 'reassign',
      orphanOwnerId: itPerson.id,
    });
    await change.execute(itPerson, { id, name: 'Renamed by the tests' });
    // Rules are bound to its id.
    expect((await readEpochSections(db)).value).toBe(before.value);
    await expect(add.execute(itPerson, { name: 'Renamed by the tests' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});
