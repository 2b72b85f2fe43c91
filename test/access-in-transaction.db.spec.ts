import { lockIsAwaited } from '#libs/dev/testing';
import type { CommandClass } from '#libs/engine/commands';
import { newId, type Actor } from '#libs/platform/kernel';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { API_COMMANDS } from '../apps/api/src/index.js';
import {
  createTestPolicyOrganisation,
  type TestPolicyOrganisation,
} from '../libs/governance/policies/policies.fixture.js';
import { NEEDS_NO_ROLE, permittedActor } from './support/command-cases.js';
import { createCommandFixtures, type CommandFixtures } from './support/command-fixtures.js';
import { commandInputs } from './support/command-inputs.js';
import { openCommands, type OpenCommands } from './support/open-commands.js';
import { openWorld, type World } from './support/world.js';

// Every command that somebody may run, against every way in which what lets them run it ends. What ends it has
// done its work and not yet committed when the command begins: the command must wait, and find it gone (I12).
const COMMANDS: readonly CommandClass[] = API_COMMANDS.filter(
  ({ spec }) => spec.actors !== 'system',
);
const byPeople = COMMANDS.filter(({ spec }) => spec.actors === 'people').map((it) => it.spec.name);
const byRole = byPeople.filter((name) => !NEEDS_NO_ROLE.has(name));
const byClients = COMMANDS.filter(({ spec }) => spec.actors === 'scim').map((it) => it.spec.name);

let organisation: TestPolicyOrganisation;
let commands: OpenCommands;
let fixtures: CommandFixtures;
let inputs: Record<string, object>;
let world: World;
let revoker: pg.Client;
let observer: pg.Client;

beforeAll(async () => {
  organisation = await createTestPolicyOrganisation(API_COMMANDS);
  const { superuserUrl, appUrl } = organisation.database;
  commands = await openCommands(appUrl, API_COMMANDS);
  fixtures = await createCommandFixtures(organisation, (name) => commands.make(name));
  inputs = commandInputs(organisation, fixtures);
  [revoker, observer] = [superuserUrl, superuserUrl].map(
    (connectionString) => new pg.Client({ connectionString }),
  ) as [pg.Client, pg.Client];
  await Promise.all([revoker.connect(), observer.connect()]);
  await addSessions();
  world = await openWorld(superuserUrl);
});
afterEach(() => world.putBack());
afterAll(async () => {
  await Promise.all([revoker.end(), observer.end(), world.close()]);
  await commands.close();
  await organisation.close();
});

const addSessions = async () => {
  for (const { id } of [fixtures.owner, fixtures.actor])
    await observer.query(`INSERT INTO console_session VALUES ($1, $2, now() + interval '1 hour')`, [
      `session of ${id}`,
      JSON.stringify({ personId: id }),
    ]);
};

/** With the session in which they came. */
const actorOf = (name: string): Actor => {
  const actor = permittedActor(commands.make(name).spec, fixtures);
  return actor.kind === 'person' ? { ...actor, sessionId: `session of ${actor.id}` } : actor;
};

/** The answer of a command that began before `sql` was committed, and what it would change after. */
const overtakenBy = async (sql: string, name: string) => {
  const actor = actorOf(name);
  const before = await outcomes(name, actor.id);
  await revoker.query('BEGIN');
  await revoker.query(sql, [actor.kind === 'scim' ? actor.tokenId : actor.id]);
  const answer = commands
    .make(name)
    .execute(actor, inputs[name])
    .then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
  await lockIsAwaited(organisation.database).finally(() => revoker.query('COMMIT'));
  const code = await answer;
  return { code, ...difference(before, await outcomes(name, actor.id)) };
};

const outcomes = async (type: string, actorId: string) => {
  const where = { type, actorId };
  const entries = await organisation.db.ledgerEntry.findMany({ where, select: { data: true } });
  const count = (outcome: string) =>
    entries.filter(({ data }) => (data as { outcome: string }).outcome === outcome).length;
  return { succeeded: count('succeeded'), rejected: count('rejected') };
};

const difference = (before: Record<string, number>, after: Record<string, number>) => ({
  succeeded: (after['succeeded'] ?? 0) - (before['succeeded'] ?? 0),
  rejected: (after['rejected'] ?? 0) - (before['rejected'] ?? 0),
});

const ENDS_A_PERSON = {
  'the person is disabled': 'UPDATE person SET disabled_at = now() WHERE id = $1::uuid',
  'the session is ended': `DELETE FROM console_session WHERE sess->>'personId' = $1`,
} as const;

describe.each(Object.entries(ENDS_A_PERSON))('while %s', (_, sql) => {
  it.each(byPeople)('%s waits, and is rejected', async (name) => {
    expect(await overtakenBy(sql, name)).toEqual({
      code: 'unauthenticated',
      succeeded: 0,
      rejected: 1,
    });
  });
});

describe('while every role of theirs is withdrawn', () => {
  it.each(byRole)('%s waits, and is rejected', async (name) => {
    const sql = 'DELETE FROM person_role WHERE person_id = $1::uuid';
    expect(await overtakenBy(sql, name)).toEqual({
      code: expect.stringMatching(/^(forbidden|not_found)$/) as string,
      succeeded: 0,
      rejected: 1,
    });
  });
});

describe('while a client’s token is revoked', () => {
  it.each(byClients)('%s waits, and is rejected', async (name) => {
    const sql = 'UPDATE scim_token SET revoked_at = now() WHERE id = $1::uuid';
    expect(await overtakenBy(sql, name)).toEqual({
      code: 'unauthenticated',
      succeeded: 0,
      rejected: 1,
    });
  });
});

// The other ways to a role, each by one command.
describe('while a role that a group or an emergency gives ends', () => {
  const asMember = async () => {
    const actor = await organisation.addPerson([]);
    const groupId = newId();
    const now = new Date();
    const name = { displayName: groupId, displayNameFolded: groupId };
    const members = { create: { personId: actor.id, addedAt: now } };
    await organisation.db.group.create({
      data: { id: groupId, ...name, createdAt: now, updatedAt: now, members },
    });
    const decided = {
      state: 'active',
      proposedById: newId(),
      decidedAt: now,
    } as const;
    await organisation.db.groupMapping.create({
      data: { id: newId(), groupId, role: 'security', ...decided },
    });
    return { actor, groupId };
  };
  const suspend = (actor: Actor) =>
    commands
      .make('suspend-agent')
      .execute(actor, inputs['suspend-agent'])
      .then(
        () => 'done',
        (error: { code: string }) => error.code,
      );
  const overtaken = async (actor: Actor, sql: string, ...values: string[]) => {
    await revoker.query('BEGIN');
    await revoker.query(sql, values);
    const answer = suspend(actor);
    await lockIsAwaited(organisation.database).finally(() => revoker.query('COMMIT'));
    return answer;
  };

  it.each([
    ['a membership', 'DELETE FROM group_member WHERE group_id = $1::uuid'],
    ['a mapping', `UPDATE group_mapping SET state = 'removed' WHERE group_id = $1::uuid`],
    ['the group', 'DELETE FROM people_group WHERE id = $1::uuid'],
  ])('by %s', async (_, sql) => {
    const { actor, groupId } = await asMember();
    expect(await overtaken(actor, sql, groupId)).toMatch(/^(forbidden|not_found)$/);
    const other = await asMember();
    expect(await suspend(other.actor)).toBe('done');
  });

  it.each([
    ['it is closed', 'UPDATE emergency_access SET ended_at = now() WHERE person_id = $1::uuid'],
    ['its role is withdrawn', 'DELETE FROM person_role WHERE person_id = $1::uuid'],
  ])('by an emergency: %s', async (_, sql) => {
    const actor = await organisation.addPerson(['emergency']);
    const now = new Date();
    const expiresAt = new Date(now.getTime() + 60_000);
    await organisation.db.emergencyAccess.create({
      data: { id: newId(), personId: actor.id, reason: 'fire', startedAt: now, expiresAt },
    });
    expect(await overtaken(actor, sql, actor.id)).toMatch(/^(forbidden|not_found)$/);
  });
});
