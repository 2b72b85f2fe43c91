import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ACTIONS } from '#libs/platform/access';
import {
  ChangeProposedError,
  Command,
  commandNames,
  type CommandClass,
} from '#libs/engine/commands';
import { findUnverifiedRecords } from '#libs/engine/record-signatures';
import { readEpoch, readEpochSections, type EpochSection } from '#libs/platform/db';
import { newId, systemActor, type Actor } from '#libs/platform/kernel';
import pg from 'pg';
import { z } from 'zod';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { API_COMMANDS } from '../apps/api/src/index.js';
import { signEverything } from '../apps/gateway/src/fixtures/sign-everything.fixture.js';
import { UNDONE_COMMANDS } from '../apps/worker/src/access-ended.js';
import { WORKER_COMMANDS } from '../apps/worker/src/index.js';
import {
  createTestPolicyOrganisation,
  type TestPolicyOrganisation,
} from '../libs/governance/policies/policies.fixture.js';
import {
  CHANGES_NO_RIGHTS,
  DONE_BEFORE,
  MADE_SO,
  permittedActor,
} from './support/command-cases.js';
import { createCommandFixtures, type CommandFixtures } from './support/command-fixtures.js';
import { commandInputs } from './support/command-inputs.js';
import { keepingInputs, type KeepingInput } from './support/keeping-inputs.js';
import { openCommands, type OpenCommands } from './support/open-commands.js';
import { readByGateways } from './support/read-by-gateways.js';
import { openWorld, tablesOfSchema, type World } from './support/world.js';

// Every command of every process, each with its input of test/support/command-inputs.ts. A command that
// is not in that table fails the walk.
const COMMANDS: readonly CommandClass[] = [...new Set([...API_COMMANDS, ...WORKER_COMMANDS])];
const NAMES = COMMANDS.map(({ spec }) => spec.name);

// Whose source says that it may leave rights as they are.
const ROOT = join(import.meta.dirname, '..');
const CAN_KEEP_RIGHTS = globSync('libs/**/commands/*.ts', { cwd: ROOT })
  .filter((file) => !file.startsWith('libs/engine/commands/'))
  .filter((file) => readFileSync(join(ROOT, file), 'utf8').includes('keepsRights:'))
  .map((file) => basename(file, '.ts'));

let organisation: TestPolicyOrganisation;
let commands: OpenCommands;
let fixtures: CommandFixtures;
let nobody: Actor;
let confirmer: Actor;
let inputs: Record<string, object>;
let keeping: Record<string, KeepingInput>;
let world: World;
let superuser: pg.Client;

const make = (name: string) => commands.make(name);

beforeAll(async () => {
  organisation = await createTestPolicyOrganisation(COMMANDS);
  const { database } = organisation;
  commands = await openCommands(database.appUrl, COMMANDS);
  nobody = await organisation.addPerson([]);
  confirmer = await organisation.addPerson(['security', 'grc']);
  fixtures = await createCommandFixtures(organisation, make);
  inputs = commandInputs(organisation, fixtures);
  keeping = keepingInputs(organisation, fixtures, inputs);
  world = await openWorld(database.superuserUrl);
  superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
});

afterAll(async () => {
  await superuser.end();
  await world.close();
  await commands.close();
  await organisation.close();
});

/** Does it as somebody who is permitted to, and says what of the epoch moved and what gateways read otherwise. */
const succeed = async (name: string, input: unknown, after: readonly string[]) => {
  if (MADE_SO[name] !== undefined) await superuser.query(MADE_SO[name]);
  for (const first of after) await execute(first, inputs[first]);
  await signEverything(commands.db);
  const before = await readEpochSections(commands.db);
  const readBefore = await readByGateways(commands.db);
  await execute(name, input);
  const moved = await readEpochSections(commands.db);
  const readAfter = await readByGateways(commands.db);
  return {
    unverified: await findUnverifiedRecords(commands.db, commands.signer),
    moved: SECTIONS.filter((section) => moved[section] !== before[section]),
    isMoved: moved.value !== before.value,
    // Whatever a gateway reads must be read anew.
    readOtherwise: SECTIONS.filter((section) => readAfter[section] !== readBefore[section]),
  };
};

const excused = (name: string, sections: EpochSection[]) =>
  name in CHANGES_NO_RIGHTS ? [] : sections;

/** A round of re-evaluated decisions goes on where the last one ended. */
const nextCheck = async (): Promise<object> => {
  const { rows } = await superuser.query<{ to: string }>(
    `SELECT data->'facts'->>'to' AS to FROM ledger_entry
     WHERE type = 'record-decision-check' AND data->>'outcome' = 'succeeded' ORDER BY id DESC LIMIT 1`,
  );
  return { ...inputs['record-decision-check'], from: rows[0]?.to ?? null, to: newId() };
};

const SECTIONS = ['people', 'registry'] as const;

/** Does it, with a second person's agreement where it takes one. */
const execute = async (name: string, input: unknown) => {
  const command = make(name);
  try {
    return await command.execute(permittedActor(command.spec, fixtures), input);
  } catch (error) {
    if (!(error instanceof ChangeProposedError)) throw error;
    return command.confirm(confirmer, {
      id: error.proposedChange.id,
      subjectId: '',
      note: 'agreed',
    });
  }
};

describe('every command', () => {
  it('has a name of its own', () => {
    expect(new Set(COMMANDS.map(({ spec }) => spec.name)).size).toBe(COMMANDS.length);
    for (const { spec } of COMMANDS) expect(commandNames(COMMANDS)).toContain(spec.name);
  });

  it.each(COMMANDS.map((command) => [command.spec.name, command] as const))(
    '%s declares what it is, and inherits the recording part',
    (name, Class) => {
      const command = make(name);
      expect(command).toBeInstanceOf(Command);
      expect(command.spec).toBe(Class.spec);
      expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(ACTIONS).toContain(command.spec.permission.action);
      expect(command.spec.input).toBeInstanceOf(z.ZodType);
      expect(command.spec.input.safeParse({ nonsense: true }).success).toBe(false);
    },
  );

  it('is watched in a world of every table of the schema', async () => {
    const { rows } = await superuser.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_name NOT LIKE '\\_%' AND table_type = 'BASE TABLE'`,
    );
    expect(tablesOfSchema().toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
    expect(Object.keys(await world.read()).length).toBe(tablesOfSchema().length - 2);
  });

  it.each(NAMES)(
    '%s is rejected for a person with no role, recorded, and changes nothing',
    async (name) => {
      expect(Object.keys(inputs)).toContain(name);
      const command = make(name);
      expect(command.spec.input.safeParse(inputs[name]).error).toBeUndefined();
      const before = await world.read();
      const epoch = await readEpoch(organisation.db);
      const where = { type: name, actorId: nobody.id };
      const entries = await organisation.db.ledgerEntry.count({ where });
      await expect(command.execute(nobody, inputs[name])).rejects.toMatchObject({
        code: expect.stringMatching(/^(forbidden|not_found)$/) as string,
      });
      expect(await world.read()).toEqual(before);
      expect(await readEpoch(organisation.db)).toBe(epoch);
      const recorded = await organisation.db.ledgerEntry.findMany({
        where,
        orderBy: { id: 'desc' },
      });
      expect(recorded).toHaveLength(entries + 1);
      expect(recorded[0]?.data).toMatchObject({ command: name, outcome: 'rejected' });
    },
  );

  describe('bumps the epoch exactly where it says that it changes rights', () => {
    afterEach(() => world.putBack());

    it.each(COMMANDS.map(({ spec }) => [spec.name, spec] as const))(
      '%s, when it succeeds',
      async (name, { changesRights }) => {
        const done = await succeed(name, inputs[name], DONE_BEFORE[name] ?? []);
        const declared = SECTIONS.filter(
          (section) => changesRights === true || changesRights === section,
        );
        expect(done.moved).toEqual(declared);
        expect(done.isMoved).toBe(declared.length > 0);
        // Whatever of it gateways load, the command has signed (invariant I14).
        expect(done.unverified).toEqual([]);
        expect(declared).toEqual(expect.arrayContaining(excused(name, done.readOtherwise)));
      },
    );

    it('changes rights by these commands, and no other', () => {
      const changing = COMMANDS.filter((command) => command.spec.changesRights);
      expect(changing.map((command) => command.spec.name).toSorted()).toEqual([
        'activate-agent',
        'activate-kill-switch',
        'add-person',
        'apply-signal',
        'bind-agent',
        'block-unregistered-agent',
        'change-agent',
        'change-issuer',
        'change-scim-agent',
        'change-scim-group',
        'change-scim-user',
        'claim-ownership',
        'classify-tool',
        'create-scim-group',
        'delete-scim-agent',
        'delete-scim-group',
        'delete-scim-user',
        'disable-person',
        'enable-person',
        'enforce-agent-limits',
        'grant-delegation',
        'keep-emergency-change',
        'link-identity',
        'maintain-signing-keys',
        'pin-tools',
        'publish-policy',
        'reassign-agent',
        'register-unregistered-agent',
        'reject-identity',
        'release-kill-switch',
        'restore-issuer',
        'retire-agent',
        'retire-issuer',
        'revoke-access-grant',
        'revoke-access-token',
        'revoke-agent-tokens',
        'revoke-delegation',
        'revoke-person-access',
        'rotate-signing-key',
        'seed-policy',
        'set-changed-definitions',
        'suspend-agent',
        'take-over-tools',
        'trust-issuer',
        'unbind-agent',
        'unblock-unregistered-agent',
        'withdraw-delegation',
      ]);
    });

    it.each(WORKER_COMMANDS.map(({ spec }) => spec.name))(
      '%s, when the worker does it with the rights of its own',
      async (name) => {
        if (MADE_SO[name] !== undefined) await superuser.query(MADE_SO[name]);
        await signEverything(commands.db);
        const input = name === 'record-decision-check' ? await nextCheck() : inputs[name];
        await commands.makeForWorker(name).execute(systemActor('spec'), input);
        expect(await findUnverifiedRecords(commands.db, commands.signer)).toEqual([]);
      },
    );

    it.each(
      UNDONE_COMMANDS.filter(({ spec }) => spec.emergency && 'ends' in spec.emergency).map(
        ({ spec }) => spec.name,
      ),
    )('%s, when the worker undoes it at the end of an emergency', async (name) => {
      for (const first of DONE_BEFORE[name] ?? []) await execute(first, inputs[first]);
      await signEverything(commands.db);
      await execute(name, inputs[name]);
      const emergency = inputs['close-emergency-access'] as { id: string };
      const { rows } = await superuser.query<{ id: string }>(
        `INSERT INTO emergency_change (id, emergency_id, entry_id, command, subject_kind, subject_id,
           subject_name, facts, made_at)
         SELECT gen_random_uuid(), $1, id, type, subject_kind, subject_id, '', data->'facts', now()
         FROM ledger_entry WHERE type = $2 AND data->>'outcome' = 'succeeded'
         ORDER BY id DESC LIMIT 1 RETURNING id`,
        [emergency.id, name],
      );
      const close = commands.makeForWorker('close-emergency-access');
      await close.execute(systemActor('spec'), emergency);
      const where = { id: rows[0]?.id ?? '', undoneAt: { not: null } };
      expect(await commands.db.emergencyChange.count({ where })).toBe(1);
      expect(await findUnverifiedRecords(commands.db, commands.signer)).toEqual([]);
    });

    it('apply-signal, when the worker hears of a person: all that is theirs ends', async () => {
      const { id } = fixtures.owner;
      await superuser.query(
        `INSERT INTO person_identity (issuer, subject, person_id, linked_at, linked_by)
         VALUES ('https://idp.test', 'signalled', $1, now(), 'added')`,
        [id],
      );
      await superuser.query(
        `INSERT INTO console_session (sid, sess, expire)
         VALUES ('theirs', json_build_object('personId', $1::text), now() + interval '1 hour')`,
        [id],
      );
      await execute('grant-delegation', inputs['grant-delegation']);
      const signalled = { issuer: 'https://idp.test', subject: 'signalled' };
      const subjects = [{ kind: 'issuer_subject', ...signalled }];
      const input = { ...inputs['apply-signal'], tokenId: 'of a person', subjects };
      const apply = commands.makeForWorker('apply-signal');
      expect(await apply.execute(systemActor('spec'), input)).toEqual({ effect: 'revoked' });
      const { db } = commands;
      expect(await db.consoleSession.count({ where: { sid: 'theirs' } })).toBe(0);
      expect(await db.delegation.count({ where: { personId: id, withdrawnAt: null } })).toBe(0);
    });

    it('knows a way to keep rights for every command that may', () => {
      expect(Object.keys(keeping).toSorted()).toEqual(CAN_KEEP_RIGHTS.toSorted());
    });

    it.each(CAN_KEEP_RIGHTS)('%s, when it keeps rights', async (name) => {
      const { input, after = [], isOnlyShown = false } = keeping[name] as KeepingInput;
      const done = await succeed(name, input, [...(DONE_BEFORE[name] ?? []), ...after]);
      expect(done.moved).toEqual([]);
      expect(done.isMoved).toBe(false);
      expect(isOnlyShown ? [] : excused(name, done.readOtherwise)).toEqual([]);
    });
  });
});
