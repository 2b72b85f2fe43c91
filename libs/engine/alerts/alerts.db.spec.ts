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
import { raiseAlert } from '#libs/engine/alert-records';

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
      alertPageSchema.parse(await queries.list(security, listAlertsQuerySchema.parse({})));
    expect((await page()).items.map((alert) => alert.id)).toContain(id);
    await acknowledge.execute(security, { id, note });
    expect((await page()).items.map((alert) => alert.id)).not.toContain(id);
    expect(await queries.get(security, id)).toMatchObject({
      canAcknowledge: false,
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
    expect(await queries.get(subject, id)).toMatchObject({
      acknowledged: null,
      canAcknowledge: false,
      concerned: [{ id: subject.id }],
    });
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

  describe('that concerns somebody', () => {
    const reader = () => person(['it', 'security']);
    const alertOf = (concerned: Actor) =>
      db.$transaction((tx) =>
        raiseAlert(tx, new Date(), {
          kind: 'issuer_changed',
          subject: { kind: 'issuer', id: newId() },
          message: 'Changed.',
          by: concerned,
        }),
      );
    const adds = (by: Actor, added: Actor) =>
      db.person.update({ where: { id: added.id }, data: { addedById: by.id } });
    const assigns = (by: Actor, holder: Actor) =>
      db.personRole.create({
        data: { personId: holder.id, role: 'grc', assignedById: by.id },
      });
    const at = { createdAt: new Date(), updatedAt: new Date() };
    const provisions = async (by: Actor, provisioned: Actor, revokedAt: Date | null = null) => {
      const [connectionId, tokenId, personId] = [newId(), newId(), provisioned.id];
      await db.scimConnection.create({
        data: { id: connectionId, name: connectionId, kind: 'other', createdAt: new Date() },
      });
      await db.scimToken.create({
        data: {
          id: tokenId,
          connectionId,
          tokenHash: Buffer.from(tokenId),
          prefix: 'gh',
          scopes: [],
          createdById: by.id,
          createdAt: new Date(0),
          activatedAt: new Date(0),
          expiresAt: new Date(Date.now() + 60_000),
          revokedAt,
        },
      });
      const names = { userName: personId, userNameFolded: personId };
      await db.scimUser.create({
        data: { ...at, ...names, personId, connectionId, active: true, attributes: {} },
      });
    };
    const maps = async (by: Actor, member: Actor) => {
      const organisation = createTestOrganisation(db);
      const { mappingId } = await organisation.addGroup({ members: [member.id], role: 'it' });
      await db.groupMapping.update({ where: { id: mappingId }, data: { decidedById: by.id } });
    };

    it.each([
      ['added', adds],
      ['gave a role to', assigns],
      ['provisioned by a SCIM token', provisions],
      ['confirmed the mapping of a group of', maps],
    ] as const)(
      'is acknowledged neither by somebody whom they %s, nor the other way round',
      async (_, makes) => {
        const [maker, made, other] = [await reader(), await reader(), await reader()];
        await makes(maker, made);
        for (const [concerned, related] of [
          [maker, made],
          [made, maker],
        ] as const) {
          const id = await alertOf(concerned);
          expect(await queries.get(related, id)).toMatchObject({
            canAcknowledge: false,
            by: { id: concerned.id },
          });
          await expect(acknowledge.execute(related, { id, note })).rejects.toMatchObject({
            code: 'forbidden',
            message: expect.stringContaining('Another colleague') as string,
          });
          expect(await queries.get(other, id)).toMatchObject({ canAcknowledge: true });
          await acknowledge.execute(other, { id, note });
        }
      },
    );

    it('is not acknowledged over a chain of them, each in another way', async () => {
      const [first, second, third, last] = [
        await reader(),
        await reader(),
        await reader(),
        await reader(),
      ];
      await adds(first, second);
      await provisions(second, third);
      await assigns(third, last);
      // A circle ends.
      await adds(last, first);
      const id = await alertOf(first);
      for (const related of [second, third, last])
        await expect(acknowledge.execute(related, { id, note })).rejects.toMatchObject({
          code: 'forbidden',
        });
    });

    it('is acknowledged by colleagues whom the same person made, and after the token had ended', async () => {
      const [owner, one, two] = [await reader(), await reader(), await reader()];
      await assigns(owner, one);
      await assigns(owner, two);
      await provisions(one, two, new Date(1));
      await acknowledge.execute(two, { id: await alertOf(one), note });
    });

    it('names who made the token by which it was done', async () => {
      const maker = await reader();
      const made = await person([]);
      await provisions(maker, made);
      const token = await db.scimToken.findFirstOrThrow({ where: { createdById: maker.id } });
      const { connectionId, id: tokenId } = token;
      const client = {
        kind: 'scim',
        id: connectionId,
        name: 'Entra',
        tokenId,
        scopes: [],
      } as const;
      const id = await alertOf(client);
      await expect(acknowledge.execute(maker, { id, note })).rejects.toMatchObject({
        code: 'forbidden',
      });
      expect(await queries.get(await reader(), id)).toMatchObject({ by: { id: maker.id } });
    });
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
