import { abilityFor } from '#libs/platform/access';
import { ChangeProposedError, emergencyWords, type CommandClass } from '#libs/engine/commands';
import { readEpoch } from '#libs/platform/db';
import { HOUR_MS, newId, type Actor, type Role } from '#libs/platform/kernel';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { API_COMMANDS } from '../apps/api/src/index.js';
import { UNDONE_COMMANDS } from '../apps/worker/src/access-ended.js';
import {
  createTestPolicyOrganisation,
  type TestPolicyOrganisation,
} from '../libs/governance/policies/policies.fixture.js';
import { DONE_BEFORE, MADE_SO, permittedActor } from './support/command-cases.js';
import { createCommandFixtures, type CommandFixtures } from './support/command-fixtures.js';
import { commandInputs } from './support/command-inputs.js';
import { openCommands, type OpenCommands } from './support/open-commands.js';
import { openWorld, type World } from './support/world.js';

// Every command of people, by somebody with emergency access alone: what it declares is what becomes of it.
const inEmergency = (id: string, ...roles: Role[]): Actor => {
  const own = { kind: 'person', id, name: 'In emergency', teamIds: [] } as const;
  return roles.length === 0
    ? { ...own, roles: ['emergency'] }
    : { ...own, roles: [...roles, 'emergency'], coolingOffRoles: roles };
};

/** Whether an emergency adds a way to do it. */
const isGiven = ({ spec }: CommandClass): boolean => {
  const { action, subject } = spec.permission;
  const ways = (actor: Actor) => abilityFor(actor).rulesFor(action, subject).length;
  return (
    spec.actors === 'people' && ways(inEmergency('x', 'it', 'security')) > ways(inEmergency('x'))
  );
};
const GIVEN = API_COMMANDS.filter(isGiven);
const named = (word: string) =>
  GIVEN.filter(({ spec }) => word in (spec.emergency ?? {})).map(({ spec }) => spec.name);

describe('a command that an emergency gives', () => {
  it('says what becomes of it', () => {
    const silent = GIVEN.filter(({ spec }) => spec.emergency === undefined);
    expect(silent.map(({ spec }) => spec.name)).toEqual([]);
    expect(GIVEN.length).toBeGreaterThan(50);
  });

  it('is in the table of docs/commands.md, unless it stays', () => {
    const lines = readFileSync('docs/commands.md', 'utf8').split('\n');
    const cells = lines.map((line) => line.split('|').map((cell) => cell.trim()));
    const written = cells.filter(
      ([, name, , , , words]) =>
        /^`[a-z-]+`$/.test(name ?? '') && /^(?:ends|not possible): /.test(words ?? ''),
    );
    const declared = GIVEN.filter(({ spec }) => !('stays' in (spec.emergency ?? {})));
    const rows = declared.map(({ spec }) => [`\`${spec.name}\``, emergencyWords(spec.emergency)]);
    expect(written.map(([, name, , , , words]) => [name, words]).toSorted()).toEqual(
      rows.toSorted(),
    );
  });

  it('is undone by the worker, too, where it ends', () => {
    const known = new Set(UNDONE_COMMANDS.map(({ spec }) => spec.name));
    expect(named('ends').filter((name) => !known.has(name))).toEqual([]);
    expect(named('ends').length).toBeGreaterThan(5);
  });
});

let organisation: TestPolicyOrganisation;
let commands: OpenCommands;
let fixtures: CommandFixtures;
let inputs: Record<string, object>;
let world: World;
let superuser: pg.Client;
let actor: Actor;
let emergencyId: string;

beforeAll(async () => {
  organisation = await createTestPolicyOrganisation(API_COMMANDS);
  commands = await openCommands(organisation.database.appUrl, API_COMMANDS);
  fixtures = await createCommandFixtures(organisation, (name) => commands.make(name));
  inputs = commandInputs(organisation, fixtures);
  superuser = new pg.Client({ connectionString: organisation.database.superuserUrl });
  await superuser.connect();
  actor = await organisation.addPerson(['emergency']);
  emergencyId = newId();
  const [startedAt, expiresAt] = [new Date(), new Date(Date.now() + HOUR_MS)];
  const data = { id: emergencyId, personId: actor.id, reason: 'alone', startedAt, expiresAt };
  await organisation.db.emergencyAccess.create({ data });
  world = await openWorld(organisation.database.superuserUrl);
});
afterEach(() => world.putBack());
afterAll(async () => {
  await Promise.all([superuser.end(), world.close()]);
  await commands.close();
  await organisation.close();
});

const prepare = async (name: string) => {
  if (MADE_SO[name] !== undefined) await superuser.query(MADE_SO[name]);
  for (const first of DONE_BEFORE[name] ?? []) {
    const command = commands.make(first);
    await command
      .execute(permittedActor(command.spec, fixtures), inputs[first])
      .catch(agree(first));
  }
};
const agree = (name: string) => async (error: unknown) => {
  if (!(error instanceof ChangeProposedError)) throw error;
  const confirmation = { id: error.proposedChange.id, subjectId: '', note: 'agreed' };
  await commands.make(name).confirm(fixtures.owner, confirmation);
};
/** The answer: done, or the code. */
const tried = async (name: string): Promise<string> =>
  commands
    .make(name)
    .execute(actor, inputs[name])
    .then(
      () => 'done',
      (error: unknown) => String((error as { code?: string }).code ?? error),
    );
const kept = () => organisation.db.emergencyChange.count({ where: { emergencyId } });

describe('by emergency access alone', () => {
  it.each(named('rejected'))('%s is rejected, and changes nothing', async (name) => {
    await prepare(name);
    const before = await world.read();
    expect(await tried(name)).toMatch(/^(?:forbidden|not_found)$/);
    expect(await world.read()).toEqual(before);
  });

  it.each(named('stays'))(
    '%s is done, or waits for others, and nothing is to be undone',
    async (name) => {
      await prepare(name);
      expect(await tried(name)).toMatch(/^(?:done|forbidden|not_found|conflict)$/);
      expect(await kept()).toBe(0);
    },
  );

  it.each(named('ends'))(
    '%s is done or takes two settled people, and ends with the emergency',
    async (name) => {
      await prepare(name);
      const answer = await tried(name);
      expect(answer).toMatch(/^(?:done|forbidden)$/);
      expect(await kept()).toBe(answer === 'done' ? 1 : 0);
      const epoch = await readEpoch(organisation.db);
      await commands.make('close-emergency-access').execute(fixtures.actor, { id: emergencyId });
      const left = await organisation.db.emergencyChange.count({
        where: { emergencyId, undoneAt: null },
      });
      expect(left).toBe(0);
      // Gateways must learn of it.
      expect((await readEpoch(organisation.db)) > epoch).toBe(answer === 'done');
    },
  );
});

/** What gives somebody something, each by name. */
const GIVES = `
  SELECT 'agent ' || id AS it FROM agent WHERE state = 'active'
  UNION SELECT 'binding ' || binding.id FROM binding
  UNION SELECT 'issuer ' || id FROM issuer WHERE retired_at IS NULL
  UNION SELECT 'sign-in ' || md5(row_to_json(sign_in_provider)::text) FROM sign_in_provider
  UNION SELECT 'person ' || id FROM person WHERE disabled_at IS NULL
  UNION SELECT 'role ' || person_id || role FROM person_role
  UNION SELECT 'mapping ' || id FROM group_mapping WHERE state = 'active'
  UNION SELECT 'version ' || id FROM policy_version WHERE state = 'active'
  UNION SELECT 'tool ' || id || classification FROM tool
  UNION SELECT 'server ' || id || url FROM tool_server
  UNION SELECT 'token ' || id FROM scim_token WHERE revoked_at IS NULL
  UNION SELECT 'stream ' || id FROM signal_stream
  UNION SELECT 'not blocked ' || id FROM unregistered_agent WHERE blocked_at IS NULL
  UNION SELECT 'not stopped ' || scope || coalesce(target_id::text, '') FROM kill_switch stopped
    WHERE NOT EXISTS (SELECT 1 FROM kill_switch active WHERE active.scope = stopped.scope
      AND active.target_id IS NOT DISTINCT FROM stopped.target_id AND active.released_at IS NULL)`;
const gives = async () => {
  const { rows } = await superuser.query<{ it: string }>(GIVES);
  return new Set(rows.map(({ it }) => it));
};

describe('everything in a row by emergency access alone', () => {
  const orders: [string, (names: string[]) => string[]][] = [
    ['in their order', (names) => names],
    ['the other way round', (names) => names.toReversed()],
    ['what ends first', (names) => [...named('ends'), ...names]],
    [
      'what ends first, what takes away last',
      (names) => [...named('ends'), ...named('ends').toReversed(), ...names],
    ],
  ];
  it.each(orders)('leaves nothing more than there was: %s', async (_, order) => {
    for (const name of ['suspend-agent', 'disable-person', 'block-unregistered-agent'])
      await prepare(name);
    const before = await gives();
    const names = GIVEN.map(({ spec }) => spec.name).filter((name) => !ENDS_IT.has(name));
    const done: string[] = [];
    for (const name of order(names)) if ((await tried(name)) === 'done') done.push(name);
    expect(done.filter((name) => named('ends').includes(name)).length).toBeGreaterThan(3);
    await commands.make('close-emergency-access').execute(fixtures.actor, { id: emergencyId });
    const more = [...(await gives())].filter((one) => !before.has(one));
    expect(more).toEqual([]);
  });
});

// The emergency itself, and the role behind it.
const ENDS_IT = new Set(['close-emergency-access', 'withdraw-role']);
