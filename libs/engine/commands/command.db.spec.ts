import { RecordSigner } from '#libs/engine/record-signatures';
import { Database, readEpoch } from '#libs/platform/db';
import {
  DomainError,
  newId,
  systemActor,
  systemClock,
  type Actor,
  type Role,
} from '#libs/platform/kernel';
import { CommandWriter, verifyLedger } from '#libs/engine/ledger';
import { metrics } from '#libs/platform/telemetry';
import {
  createTestDatabase,
  createTestOrganisation,
  TEST_MASTER_KEY,
  type TestDatabase,
} from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { changeOf, commandNames, CommandRuntime } from './index.js';

const repurpose = {
  name: 'repurpose-agent',
  action: 'suspend',
  changesRights: true,
  input: z.strictObject({
    purpose: z.string().max(100),
    end: z.enum(['succeed', 'reject', 'break']).default('succeed'),
  }),
} as const;

const changeOfAgent = changeOf('Agent', ({ tx }, id) => tx.agent.findUnique({ where: { id } }));

/** A use case as small as one can be, over a real table. */
class RepurposeAgent extends changeOfAgent({
  ...repurpose,
  async run({ tx, enqueue }, { id, purpose, end }, agent) {
    await tx.agent.update({ where: { id }, data: { purpose }, select: { id: true } });
    await enqueue('catalog.discover-tools', { serverId: id });
    if (end === 'reject') throw new DomainError('conflict', 'The agent is busy.');
    if (end === 'break') throw new Error('SELECT secret FROM vault');
    return { output: { id }, subject: agent, facts: { length: purpose.length }, reason: 'because' };
  },
}) {}

class ForSystemOnly extends changeOfAgent({
  ...repurpose,
  actors: 'system',
  run: (_ctx, { id }, agent) => Promise.resolve({ output: { id }, subject: agent, facts: {} }),
}) {}

class ImpostorByField extends RepurposeAgent {
  override execute = () => Promise.resolve({ id: 'unrecorded' });
}

class ImpostorByMethod extends RepurposeAgent {
  override execute() {
    return Promise.resolve({ id: 'unrecorded' });
  }
}

interface Entry {
  type: string;
  actorId: string;
  subjectKind: string | null;
  subjectId: string | null;
  data: { outcome: string; code: string | null; facts: object };
}

let database: TestDatabase;
let db: Database;
let writer: CommandWriter;
let command: RepurposeAgent;
let agentId: string;
const teamId = newId();

const addPerson = async (roles: Role[], options: { disabled?: boolean } = {}): Promise<Actor> => {
  const actor = await createTestOrganisation(db).addPerson(roles, { name: 'Pat' });
  if (options.disabled === true)
    await db.person.update({ where: { id: actor.id }, data: { disabledAt: new Date() } });
  return actor;
};

const newestEntry = async (): Promise<Entry & { payloads: Record<string, unknown> }> => {
  const entry = await db.ledgerEntry.findFirstOrThrow({
    where: { type: 'repurpose-agent' },
    orderBy: { id: 'desc' },
  });
  const payloads = await db.ledgerPayload.findMany({ where: { entryId: entry.id } });
  return {
    ...(entry as unknown as Entry),
    payloads: Object.fromEntries(
      payloads.map((payload) => [payload.name, JSON.parse(payload.content) as unknown]),
    ),
  };
};

const state = async () => ({
  purpose: (await db.agent.findUniqueOrThrow({ where: { id: agentId } })).purpose,
  outbox: await db.outbox.count(),
  epoch: await readEpoch(db),
});

const entryCount = () => db.ledgerEntry.count({ where: { type: 'repurpose-agent' } });

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.appUrl);
  const link = { url: database.appUrl, writer: 'api' as const, boot: newId() };
  writer = new CommandWriter(link, [...commandNames([RepurposeAgent])]);
  command = new RepurposeAgent(
    new CommandRuntime(db, writer, systemClock, [], new RecordSigner(TEST_MASTER_KEY)),
  );
  const owner = await addPerson([]);
  await db.team.create({ data: { id: teamId, name: 'engineering' } });
  agentId = newId();
  const now = new Date();
  await db.agent.create({
    data: {
      id: agentId,
      name: 'a',
      purpose: 'start',
      state: 'active',
      riskTier: 'low',
      tags: [],
      ownerId: owner.id,
      teamId,
      createdAt: now,
      updatedAt: now,
    },
  });
});

afterAll(async () => {
  await writer.stop();
  await db.$disconnect();
  await database.drop();
});

describe('a command', () => {
  it('commits the change, its follow-up, the epoch and the entry together', async () => {
    const before = await state();
    const actor = await addPerson(['security']);
    await expect(command.execute(actor, { id: agentId, purpose: 'new' })).resolves.toEqual({
      id: agentId,
    });
    expect(await state()).toEqual({
      purpose: 'new',
      outbox: before.outbox + 1,
      epoch: before.epoch + 1n,
    });
    expect(await newestEntry()).toMatchObject({
      actorId: actor.id,
      subjectKind: 'agent',
      subjectId: agentId,
      data: { outcome: 'succeeded', code: null, facts: { length: 3 } },
      payloads: {
        names: { actor: 'Pat', actorEmail: `${actor.id}@example.test`, subject: 'a' },
        reason: 'because',
      },
    });
  });

  it('keeps names and words out of what is hashed in the clear', async () => {
    const { data } = await newestEntry();
    expect(JSON.stringify(data)).not.toMatch(/Pat|because|example\.test/);
  });

  const rejections: {
    name: string;
    roles: Role[];
    disabled?: boolean;
    input: (id: string) => unknown;
    code: string;
    outcome: string;
  }[] = [
    {
      name: 'an input that does not parse',
      roles: ['security'],
      input: (id) => ({ id, purpose: 7, '\u0000\ud800': 1 }),
      code: 'invalid_input',
      outcome: 'rejected',
    },
    {
      name: 'text that cannot be stored',
      roles: ['security'],
      input: (id) => ({ id, purpose: 'a\u0000b' }),
      code: 'invalid_input',
      outcome: 'rejected',
    },
    {
      name: 'an actor who may read the thing but not do this',
      roles: ['grc'],
      input: (id) => ({ id, purpose: 'mine' }),
      code: 'forbidden',
      outcome: 'rejected',
    },
    {
      name: 'an actor who may not even read the thing, as if it were not there',
      roles: ['developer'],
      input: (id) => ({ id, purpose: 'mine' }),
      code: 'not_found',
      outcome: 'rejected',
    },
    {
      name: 'an actor with no role, as if it were not there',
      roles: [],
      input: (id) => ({ id, purpose: 'mine' }),
      code: 'not_found',
      outcome: 'rejected',
    },
    {
      name: 'a thing that does not exist',
      roles: ['security'],
      input: () => ({ id: newId(), purpose: 'mine' }),
      code: 'not_found',
      outcome: 'rejected',
    },
    {
      name: 'a person who was disabled after signing in',
      roles: ['security'],
      disabled: true,
      input: (id) => ({ id, purpose: 'mine' }),
      code: 'unauthenticated',
      outcome: 'rejected',
    },
    {
      name: 'what its own work rejects, after it wrote',
      roles: ['security'],
      input: (id) => ({ id, purpose: 'half', end: 'reject' }),
      code: 'conflict',
      outcome: 'rejected',
    },
    {
      name: 'a fault of ours, without telling what',
      roles: ['security'],
      input: (id) => ({ id, purpose: 'half', end: 'break' }),
      code: 'internal',
      outcome: 'failed',
    },
  ];

  it.each(rejections)(
    'rejects and records $name, and changes nothing',
    async ({ roles, disabled, input, code, outcome }) => {
      const actor = await addPerson(roles, disabled === undefined ? {} : { disabled });
      const before = await state();
      const entries = await entryCount();
      const error = await command.execute(actor, input(agentId)).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(DomainError);
      expect(error).toMatchObject({ code });
      expect((error as DomainError).message).not.toContain('SELECT');
      expect(await state()).toEqual(before);
      expect(await entryCount()).toBe(entries + 1);
      expect(await newestEntry()).toMatchObject({ actorId: actor.id, data: { outcome, code } });
    },
  );

  it('lets only the system do what is its own', async () => {
    const own = new ForSystemOnly(
      new CommandRuntime(db, writer, systemClock, [], new RecordSigner(TEST_MASTER_KEY)),
    );
    const input = { id: agentId, purpose: 'own' };
    const person = await addPerson(['security', 'it']);
    await expect(own.execute(person, input)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(own.execute(systemActor('worker'), input)).resolves.toEqual({ id: agentId });
    expect(await newestEntry()).toMatchObject({ actorId: 'worker' });
  });

  it.each([ImpostorByField, ImpostorByMethod])(
    'cannot be made without its recording part',
    (Impostor) => {
      expect(
        () =>
          new Impostor(
            new CommandRuntime(db, writer, systemClock, [], new RecordSigner(TEST_MASTER_KEY)),
          ),
      ).toThrow('Cannot redefine property: execute');
    },
  );

  it('counts every outcome', async () => {
    const text = await metrics.metrics();
    for (const outcome of ['succeeded', 'forbidden', 'conflict', 'internal', 'not_found']) {
      expect(text).toContain(
        `gatehouse_commands_total{command="repurpose-agent",outcome="${outcome}"}`,
      );
    }
    expect(text).toMatch(
      /gatehouse_command_duration_seconds_count\{command="repurpose-agent"\} \d/,
    );
  });

  it('answers unavailable, never the rejection alone, when the rejection cannot be recorded', async () => {
    const unnamed = new CommandWriter({ url: database.appUrl, writer: 'api', boot: newId() }, [
      'another-command',
    ]);
    const mute = new RepurposeAgent(
      new CommandRuntime(db, unnamed, systemClock, [], new RecordSigner(TEST_MASTER_KEY)),
    );
    const actor = await addPerson(['grc']);
    const error = await mute
      .execute(actor, { id: agentId, purpose: 'x' })
      .catch((caught: unknown) => caught);
    await unnamed.stop();
    expect(error).toMatchObject({ code: 'unavailable' });
    const { errors } = (error as DomainError).cause as AggregateError;
    expect(errors[0]).toMatchObject({ code: 'forbidden' });
  });

  it('answers unavailable when there is no database', async () => {
    const away = new Database('postgres://nobody:x@127.0.0.1:9/none');
    const lost = new RepurposeAgent(
      new CommandRuntime(away, writer, systemClock, [], new RecordSigner(TEST_MASTER_KEY)),
    );
    const actor = await addPerson(['security']);
    await expect(lost.execute(actor, { id: agentId, purpose: 'x' })).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  it('leaves a ledger that verifies', async () => {
    const report = await verifyLedger(database.superuserUrl);
    expect(report).toMatchObject({ ok: true });
  });
});
