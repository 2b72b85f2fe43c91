import type { CommandRuntime } from '#libs/engine/commands';
import { readEpochSections, type Database } from '#libs/platform/db';
import { type Role } from '#libs/platform/kernel';
import { itWith, type PersonActor } from '#libs/dev/testing';
import { describe, expect } from 'vitest';
import { ACCESS_ENDED } from '../apps/api/src/access-ended.js';
import { DisablePerson } from '../libs/directory/people/commands/disable-person.js';
import { EnablePerson } from '../libs/directory/people/commands/enable-person.js';
import { RevokePersonAccess } from '../libs/directory/people/commands/revoke-person-access.js';
import {
  createTestPeople,
  factsOf,
  type TestPeople,
} from '../libs/directory/people/people.fixture.js';
import { addPersonReferences } from './support/person-references.js';

const it = itWith(() => createTestPeople(ACCESS_ENDED));

let people: TestPeople;
let db: Database;
let runtime: CommandRuntime;
let itPerson: PersonActor;
const reason = 'has left the company';

const person = (roles: Role[] = []) => people.addPerson(roles);

it.beforeAll(async ({ shared }) => {
  people = shared;
  ({ db, runtime, itPerson } = people);
});

describe('deactivating a person', () => {
  it('ends everything that acts for them or waits for them, and nobody else’s (S3)', async () => {
    const leaver = await person(['developer']);
    const { agentId, versionId } = await addPersonReferences(people, leaver.id);
    const before = await readEpochSections(db);
    await new DisablePerson(runtime).execute(itPerson, { id: leaver.id, reason });
    const after = await readEpochSections(db);
    expect([after.people, after.registry]).toEqual([after.value, after.value]);
    expect(after.value).toBe(before.value + 1n);

    const row = await db.person.findUniqueOrThrow({ where: { id: leaver.id } });
    expect(row.disabledAt).not.toBeNull();
    expect(row.tokensRevokedBefore).not.toBeNull();
    const left = await db.$queryRaw<{ sess: { personId: string } }[]>`
      SELECT sess FROM console_session`;
    expect(left.map(({ sess }) => sess.personId)).toEqual([itPerson.id]);
    const standing = { withdrawnAt: null, expiresAt: { gt: new Date() } };
    expect(await db.delegation.findMany({ where: standing })).toMatchObject([
      { personId: itPerson.id },
    ]);
    expect(
      (await db.accessRequest.findMany({ where: { requestedById: leaver.id } }))
        .map(({ state }) => state)
        .toSorted(),
    ).toEqual(['rejected', 'withdrawn', 'withdrawn']);
    expect(
      await db.accessRequest.findFirst({ where: { requestedById: itPerson.id } }),
    ).toMatchObject({
      state: 'open',
    });
    const version = await db.policyVersion.findUniqueOrThrow({ where: { id: versionId } });
    expect(version.state).toBe('rejected');
    const agent = await db.agent.findUniqueOrThrow({ where: { id: agentId } });
    expect(agent.state).toBe('suspended');
    expect(await factsOf(db, 'disable-person')).toMatchObject({
      sessionsEnded: 2,
      changesWithdrawn: 0,
      delegationsWithdrawn: 1,
      requestsWithdrawn: 2,
      agentsSuspended: 1,
    });
    await expect(
      new DisablePerson(runtime).execute(itPerson, { id: leaver.id, reason }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is undone without giving back what was cut', async () => {
    const leaver = await person(['developer']);
    await new DisablePerson(runtime).execute(itPerson, { id: leaver.id, reason });
    await new EnablePerson(runtime).execute(itPerson, { id: leaver.id, reason: 'is back again' });
    const row = await db.person.findUniqueOrThrow({ where: { id: leaver.id } });
    expect(row.disabledAt).toBeNull();
    expect(row.tokensRevokedBefore).not.toBeNull();
    expect(await factsOf(db, 'enable-person')).toEqual({
      isActive: true,
      roles: ['developer'],
      wasStoppedBySecurity: false,
    });
    await expect(
      new EnablePerson(runtime).execute(itPerson, { id: leaver.id, reason }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('signing a person out everywhere', () => {
  it('cuts sessions, tokens and delegations of somebody who stays', async () => {
    const somebody = await person(['office']);
    await addPersonReferences(people, somebody.id);
    const security = await person(['security']);
    await new RevokePersonAccess(runtime).execute(security, { id: somebody.id, reason });
    const row = await db.person.findUniqueOrThrow({ where: { id: somebody.id } });
    expect([row.disabledAt, row.tokensRevokedBefore === null]).toEqual([null, false]);
    expect(await factsOf(db, 'revoke-person-access')).toEqual({
      sessionsEnded: 2,
      changesWithdrawn: 0,
      delegationsWithdrawn: 1,
    });
  });
});
