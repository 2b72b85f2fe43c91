import { RecordSigner } from '#libs/engine/record-signatures';
import { commandNames, CommandRuntime } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { newId, systemClock, type Actor, type Role } from '#libs/platform/kernel';
import { CommandWriter } from '#libs/engine/ledger';
import {
  createTestDatabase,
  createTestOrganisation,
  TEST_MASTER_KEY,
  type TestDatabase,
} from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertCommands } from './alerts.commands.js';
import { AlertQueries } from './alerts.queries.js';
import { alertPageSchema, listAlertsQuerySchema } from './alerts.schemas.js';
import { AcknowledgeAlert } from './commands/acknowledge-alert.js';
import { raiseAlert } from './raise-alert.js';

let database: TestDatabase;
let db: Database;
let writer: CommandWriter;
let acknowledge: AcknowledgeAlert;
let queries: AlertQueries;
const note = 'looked at it, all is well';

const person = (roles: Role[], coolingOffRoles: Role[] = []): Promise<Actor> =>
  createTestOrganisation(db).addPerson(roles, { coolingOffRoles });
const raise = (subject: { kind: string; id: string } = { kind: 'group', id: newId() }) =>
  db.$transaction((tx) =>
    raiseAlert(tx, new Date(), { kind: 'privileged_member', subject, message: 'Somebody came.' }),
  );

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.appUrl);
  const link = { url: database.appUrl, writer: 'api' as const, boot: newId() };
  writer = new CommandWriter(link, [...commandNames(alertCommands)]);
  acknowledge = new AcknowledgeAlert(
    new CommandRuntime(db, writer, systemClock, [], new RecordSigner(TEST_MASTER_KEY)),
  );
  queries = new AlertQueries(db);
});
afterAll(async () => {
  await writer.stop();
  await db.$disconnect();
  await database.drop();
});

describe('an alert', () => {
  it('is open until IT or security says what they found, once', async () => {
    const id = await raise();
    const security = await person(['security']);
    const page = async () =>
      alertPageSchema.parse(await queries.list(listAlertsQuerySchema.parse({})));
    expect((await page()).items.map((alert) => alert.id)).toContain(id);
    await acknowledge.execute(security, { id, note });
    expect((await page()).items.map((alert) => alert.id)).not.toContain(id);
    expect(await queries.get(id)).toMatchObject({
      acknowledged: { by: { id: security.id }, note },
    });
    await expect(acknowledge.execute(await person(['it']), { id, note })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('is acknowledged once when two do it at the same moment', async () => {
    const id = await raise();
    const actors = [await person(['it']), await person(['security'])];
    const tries = await Promise.allSettled(
      actors.map((actor) => acknowledge.execute(actor, { id, note })),
    );
    expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('is not set aside by whom it is about, by a newcomer or by who only reads', async () => {
    const subject = await person(['it', 'security']);
    const id = await raise({ kind: 'person', id: subject.id });
    const newcomer = await person(['it', 'security'], ['it', 'security']);
    for (const actor of [subject, newcomer, await person(['grc'])]) {
      await expect(acknowledge.execute(actor, { id, note })).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    await expect(
      acknowledge.execute(await person(['developer']), { id, note }),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect(await queries.get(id)).toMatchObject({ acknowledged: null });
  });

  it('is not set aside by whom it concerns, who did it or gained by it', async () => {
    const [mallory, other] = [await person(['it', 'security']), await person(['it'])];
    const subject = { kind: 'group', id: newId() };
    const id = await db.$transaction((tx) =>
      raiseAlert(tx, new Date(), {
        kind: 'privileged_member',
        subject,
        message: 'Mallory came.',
        concerns: [mallory.id],
      }),
    );
    await expect(acknowledge.execute(mallory, { id, note })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await acknowledge.execute(other, { id, note });
  });

  it('is not there unless its command took place', async () => {
    const before = await db.alert.count();
    const subject = { kind: 'group', id: newId() };
    const failing = db.$transaction(async (tx) => {
      await raiseAlert(tx, new Date(), { kind: 'privileged_member', subject, message: 'm' });
      throw new Error('changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    expect(await db.alert.count()).toBe(before);
  });
});
