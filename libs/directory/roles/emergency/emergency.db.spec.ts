import { DAY_MS, MINUTE_MS, newId, systemActor, type Actor } from '#libs/platform/kernel';
import { deactivatePerson } from '#libs/directory/people';
import { describe, expect } from 'vitest';
import type { CommandContext } from '#libs/engine/commands';
import { onAccessEnded } from '../access-ended.js';
import { WithdrawRole } from '../assignment/commands/withdraw-role.js';
import { RemoveGroupMapping } from '../group-mappings/commands/remove-group-mapping.js';
import { itWithInstallation as it, type TestInstallation } from '../roles.fixture.js';
import { EmergencyQueries } from './emergency.queries.js';
import { emergencyPageSchema, listEmergenciesQuerySchema } from './emergency.schemas.js';
import { CloseEmergencyAccess } from './commands/close-emergency-access.js';
import { ExpiredEmergencies } from './expired-emergencies.js';
import { OpenEmergencyAccess } from './commands/open-emergency-access.js';

let gate: TestInstallation;
let open: OpenEmergencyAccess;
let end: CloseEmergencyAccess;
const input = { reason: 'the gate is on fire', minutes: 15 };

it.beforeEach(async ({ shared }) => {
  gate = shared;
  await gate.empty();
  open = new OpenEmergencyAccess(gate.runtime);
  end = new CloseEmergencyAccess(gate.runtime);
});

const openCount = () => gate.db.emergencyAccess.count({ where: { endedAt: null } });

describe('emergency access', () => {
  it('is opened with a reason, an end and an alert that somebody else must acknowledge', async () => {
    const actor = await gate.person(['emergency']);
    await open.execute(actor, input);
    const row = await gate.db.emergencyAccess.findFirstOrThrow();
    expect(row.expiresAt.getTime() - row.startedAt.getTime()).toBe(15 * MINUTE_MS);
    expect(await gate.db.alert.findFirstOrThrow()).toMatchObject({
      kind: 'emergency_access',
      subjectKind: 'person',
      subjectId: actor.id,
      message: expect.stringContaining('the gate is on fire') as string,
    });
    expect(await gate.entry('open-emergency-access')).toMatchObject({
      actorId: actor.id,
      data: { facts: { personId: actor.id, minutes: 15 } },
    });
  });

  it('is for nobody without the role, it and security included', async () => {
    const scopes = ['users:write'] as const;
    const scim: Actor = { kind: 'scim', id: newId(), name: 'Okta', tokenId: newId(), scopes };
    const others = [await gate.person(['it', 'security', 'owner']), await gate.person(), scim];
    for (const actor of others) {
      await expect(open.execute(actor, input)).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(open.execute(systemActor('spec'), input)).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await openCount()).toBe(0);
  });

  it.each<[string, object]>([
    ['a reason of a word', { reason: 'because' }],
    ['a reason of spaces', { reason: ' '.repeat(20) }],
    ['a whole day', { minutes: 1440 }],
    ['no time', { minutes: 0 }],
    ['half a minute more', { minutes: 15.5 }],
    ['minutes as text', { minutes: '15' }],
    ['somebody else', { personId: newId() }],
  ])('is rejected for %s', async (_, over) => {
    const actor = await gate.person(['emergency']);
    await expect(open.execute(actor, { ...input, ...over })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(await openCount()).toBe(0);
  });

  it('is open once, however often it is asked for at the same time', async () => {
    const actor = await gate.person(['emergency']);
    const tries = await Promise.allSettled([1, 2, 3].map(() => open.execute(actor, input)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await openCount()).toBe(1);
    // Another within a day takes a second person.
    gate.pass(DAY_MS + 16 * MINUTE_MS);
    await open.execute(actor, input);
    expect(await openCount()).toBe(1);
  });

  it('is ended by the person, by IT or by security, and by nobody else', async () => {
    for (const role of ['emergency', 'it', 'security'] as const) {
      const actor = await gate.person(['emergency']);
      const who = role === 'emergency' ? actor : await gate.person([role]);
      const { id } = await open.execute(actor, input);
      for (const outsider of [await gate.person(['emergency']), await gate.person(['grc'])]) {
        await expect(end.execute(outsider, { id })).rejects.toMatchObject({
          code: expect.stringMatching(/forbidden|not_found/) as string,
        });
      }
      await end.execute(who, { id });
      expect(await openCount()).toBe(0);
      await expect(end.execute(who, { id })).rejects.toMatchObject({
        code: expect.stringMatching(/conflict/) as string,
      });
    }
  });

  it('is closed in the records when its time is up, each in the ledger, and not before', async () => {
    const actors = [await gate.person(['emergency']), await gate.person(['emergency'])];
    for (const actor of actors) await open.execute(actor, input);
    const expired = new ExpiredEmergencies(gate.runtime, end);
    expect(await expired.close()).toBe(0);
    gate.pass(15 * MINUTE_MS + 1);
    const closed = await Promise.all([expired.close(), expired.close()]);
    expect(closed.reduce((sum, count) => sum + count)).toBe(2);
    const rows = await gate.db.emergencyAccess.findMany();
    for (const row of rows) expect(row.endedAt).toEqual(row.expiresAt);
    expect(await gate.entry('close-emergency-access')).toMatchObject({ actorKind: 'system' });
  });

  it('ends with the role that it depends on', async () => {
    const [it_, actor] = [await gate.person(['it']), await gate.person(['emergency'])];
    await open.execute(actor, input);
    await new WithdrawRole(gate.runtime).execute(it_, {
      personId: actor.id,
      role: 'emergency',
      reason: 'has had enough',
    });
    expect(await openCount()).toBe(0);
    const member = await gate.person();
    const { mappingId } = await gate.group({ members: [member.id], role: 'emergency' });
    await open.execute({ ...member, roles: ['emergency'] }, input);
    await new RemoveGroupMapping(gate.runtime).execute(it_, { id: mappingId, reason: 'no more' });
    expect(await openCount()).toBe(0);
  });

  it('ends when the person leaves', async () => {
    const actor = await gate.person(['emergency']);
    await open.execute(actor, input);
    let facts: unknown;
    const wasActive = await gate.db.$transaction((tx) => {
      const ctx: CommandContext = {
        tx,
        actor: systemActor('spec'),
        confirmedBy: null,
        now: gate.now(),
        coolingOffHours: 24,
        enqueue: () => Promise.resolve(),
        signs: () => Promise.resolve(),
        signsNew: () => undefined,
        changesRights: () => undefined,
        endAccess: async (subject) => {
          facts = await onAccessEnded(ctx, subject);
        },
        rightsOf: () => Promise.reject(new Error('nobody asks for rights here')),
      };
      return deactivatePerson(ctx, actor.id);
    });
    expect(wasActive).toBe(true);
    expect(facts).toEqual({ emergenciesEnded: 1 });
    expect(await openCount()).toBe(0);
  });

  it('is listed: what is open now, and what there was', async () => {
    const queries = new EmergencyQueries(gate.db, gate.runtime);
    const list = async (state: string) =>
      emergencyPageSchema.parse(await queries.list(listEmergenciesQuerySchema.parse({ state })));
    await open.execute(await gate.person(['emergency']), input);
    expect((await list('open')).items).toMatchObject([{ isOpen: true, reason: input.reason }]);
    gate.pass(16 * MINUTE_MS);
    expect((await list('open')).total).toBe(0);
    expect((await list('all')).items).toMatchObject([{ isOpen: false, endedAt: null }]);
  });
});
