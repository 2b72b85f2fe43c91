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
import { factsOf, itWithPeople as it, type TestPeople } from './people.fixture.js';
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
  const managed = async (over: { active?: boolean } = {}) => {
    const { id } = await person();
    const now = new Date();
    const at = { createdAt: now, updatedAt: now };
    const connection = { id: newId(), name: `Entra of the tests ${id}`, kind: 'entra' } as const;
    await db.scimConnection.create({ data: { ...connection, createdAt: now } });
    const names = { userName: id, userNameFolded: id, connectionId: connection.id };
    await db.scimUser.create({ data: { personId: id, attributes: {}, ...names, ...at, ...over } });
    if (over.active === false)
      await db.person.update({ where: { id }, data: { disabledAt: new Date() } });
    return id;
  };

  it('is changed there, but for teams and access', async () => {
    const id = await managed();
    const rejected = {
      code: 'conflict',
      message: expect.stringContaining('Entra of the tests') as string,
    };
    const change = new ChangePerson(runtime);
    await expect(change.execute(itPerson, { id, name: 'Other' })).rejects.toMatchObject(rejected);
    await expect(change.execute(itPerson, { id, email: 'o@example.test' })).rejects.toMatchObject(
      rejected,
    );
    await change.execute(itPerson, { id, teamIds: [teamId, teamId] });
    await new RevokePersonAccess(runtime).execute(itPerson, { id, reason });
    expect(await db.personTeam.findMany({ where: { personId: id } })).toMatchObject([{ teamId }]);
  });

  it('is disabled and enabled here all the same', async () => {
    const id = await managed();
    await new DisablePerson(runtime).execute(itPerson, { id, reason });
    expect(await db.person.findUniqueOrThrow({ where: { id } })).toMatchObject({
      disabledAt: expect.any(Date) as Date,
      disabledByPeople: true,
      stoppedBySecurity: false,
    });
    const again = new DisablePerson(runtime).execute(itPerson, { id, reason });
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
    await new EnablePerson(runtime).execute(itPerson, { id, reason });
    expect(await db.person.findUniqueOrThrow({ where: { id } })).toMatchObject({
      disabledAt: null,
      disabledByPeople: false,
    });
  });

  it('stays inactive while their client says so, whom people enable again', async () => {
    const id = await managed({ active: false });
    const enable = new EnablePerson(runtime);
    await expect(enable.execute(itPerson, { id, reason })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Entra of the tests') as string,
    });
    await new DisablePerson(runtime).execute(itPerson, { id, reason });
    await enable.execute(itPerson, { id, reason });
    const { disabledAt, disabledByPeople } = await db.person.findUniqueOrThrow({ where: { id } });
    expect(disabledAt).not.toBeNull();
    expect(disabledByPeople).toBe(false);
    expect(await factsOf(db, 'enable-person')).toMatchObject({ isActive: false });
  });

  it('whom security disabled is enabled by security alone, past its cooling-off period', async () => {
    const id = await managed();
    const security = await person(['security']);
    const newcomer = await people.addPerson(['it'], ['security']);
    const enable = new EnablePerson(runtime);
    await new DisablePerson(runtime).execute(itPerson, { id, reason });
    // What IT stopped becomes security's once it stops it, too.
    await new DisablePerson(runtime).execute(security, { id, reason });
    for (const actor of [itPerson, newcomer])
      await expect(enable.execute(actor, { id, reason })).rejects.toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('role security') as string,
      });
    await enable.execute(security, { id, reason });
    expect((await db.person.findUniqueOrThrow({ where: { id } })).disabledAt).toBeNull();
    const alerts = await db.alert.findMany({ where: { subjectId: id } });
    expect(alerts).toMatchObject([{ kind: 'security_stop_released' }]);
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
