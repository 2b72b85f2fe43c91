import { newId, type Actor } from '#libs/platform/kernel';
import { describe, expect } from 'vitest';
import { notePrivilegedMembers } from '../privileged-members.js';
import { itWithInstallation as it, type TestInstallation } from '../roles.fixture.js';
import { ApproveGroupMapping } from './commands/approve-group-mapping.js';
import { GroupMappingQueries } from './group-mappings.queries.js';
import { groupMappingPageSchema, listGroupMappingsQuerySchema } from './group-mappings.schemas.js';
import { ProposeGroupMapping } from './commands/propose-group-mapping.js';
import { RejectGroupMapping } from './commands/reject-group-mapping.js';
import { RemoveGroupMapping } from './commands/remove-group-mapping.js';

let gate: TestInstallation;
let propose: ProposeGroupMapping;
let approve: ApproveGroupMapping;
let reject: RejectGroupMapping;
let remove: RemoveGroupMapping;
const reason = 'as agreed';

it.beforeEach(async ({ shared }) => {
  gate = shared;
  await gate.empty();
  propose = new ProposeGroupMapping(gate.runtime);
  approve = new ApproveGroupMapping(gate.runtime);
  reject = new RejectGroupMapping(gate.runtime);
  remove = new RemoveGroupMapping(gate.runtime);
});

const stateOf = async (id: string) =>
  (await gate.db.groupMapping.findUniqueOrThrow({ where: { id } })).state;

describe('a group mapping', () => {
  it('gives nothing until a holder of the role approves it, and then raises an alert', async () => {
    const [it_, security] = [await gate.person(['it']), await gate.person(['security'])];
    const members = [await gate.person(), await gate.person()];
    const { id: groupId } = await gate.group({ members: members.map(({ id }) => id) });
    const { id } = await propose.execute(it_, { groupId, role: 'security', reason });
    expect(await gate.db.alert.count()).toBe(0);
    await approve.execute(security, { id, reason });
    expect(await stateOf(id)).toBe('active');
    expect(await gate.entry('approve-group-mapping')).toMatchObject({
      data: { facts: { role: 'security', proposedById: it_.id, privilegedMembers: 2 } },
    });
    expect(await gate.db.alert.findFirstOrThrow()).toMatchObject({
      kind: 'privileged_member',
      subjectKind: 'group',
      subjectId: groupId,
    });
  });

  it('is never approved by who proposed it', async () => {
    const both = await gate.person(['it', 'security']);
    const { id: groupId } = await gate.group({ members: [both.id] });
    const { id } = await propose.execute(both, { groupId, role: 'security', reason });
    for (const decide of [approve, reject]) {
      await expect(decide.execute(both, { id, reason })).rejects.toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('You proposed this') as string,
      });
    }
    expect(await stateOf(id)).toBe('proposed');
  });

  it('is decided by nobody who lacks the role, or has it for a moment only', async () => {
    const it_ = await gate.person(['it']);
    const { id: groupId } = await gate.group();
    const { id } = await propose.execute(it_, { groupId, role: 'security', reason });
    const newcomer: Actor = { ...(await gate.person([], ['security'])), roles: ['security'] };
    for (const actor of [newcomer, await gate.person(['it']), await gate.person(['grc'])]) {
      await expect(approve.execute(actor, { id, reason })).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    expect(await stateOf(id)).toBe('proposed');
    const outsider = await gate.person(['office']);
    await expect(approve.execute(outsider, { id, reason })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('is not touched by a provisioning client, whatever its scopes, and the attempt is kept', async () => {
    const it_ = await gate.person(['it']);
    const { id: groupId } = await gate.group();
    const { id } = await propose.execute(it_, { groupId, role: 'grc', reason });
    const scopes = ['users:write', 'groups:write', 'agents:write', 'groups:read'] as const;
    const scim: Actor = { kind: 'scim', id: newId(), name: 'Okta', tokenId: newId(), scopes };
    const attempts = [
      [propose, { groupId, role: 'it', reason }],
      [approve, { id, reason }],
      [reject, { id, reason }],
      [remove, { id, reason }],
    ] as const;
    for (const [command, input] of attempts) {
      await expect(command.execute(scim, input)).rejects.toMatchObject({ code: 'forbidden' });
      expect(await gate.entry(command.spec.name)).toMatchObject({
        actorKind: 'scim',
        actorId: scim.id,
        data: { outcome: 'rejected' },
      });
    }
    expect(await gate.db.groupMapping.count()).toBe(1);
    expect(await stateOf(id)).toBe('proposed');
  });

  it('is decided once, proposed once at a time, and may come again after it was removed', async () => {
    const [it_, grc] = [await gate.person(['it']), await gate.person(['grc'])];
    const { id: groupId } = await gate.group();
    const input = { groupId, role: 'grc' as const, reason };
    const { id } = await propose.execute(it_, input);
    await expect(propose.execute(it_, input)).rejects.toMatchObject({ code: 'conflict' });
    const decisions = await Promise.allSettled([
      approve.execute(grc, { id, reason }),
      reject.execute(await gate.person(['grc']), { id, reason }),
    ]);
    expect(decisions.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    if ((await stateOf(id)) === 'active') await remove.execute(it_, { id, reason });
    await expect(remove.execute(it_, { id, reason })).rejects.toMatchObject({ code: 'conflict' });
    const again = await propose.execute(it_, input);
    expect(await stateOf(again.id)).toBe('proposed');
  });

  it.each<[string, object]>([
    ['the owner', { role: 'owner' }],
    ['no group', { groupId: newId() }],
    ['a group that is no id', { groupId: 'admins' }],
    ['a state of its own', { state: 'active' }],
    ['somebody else as its proposer', { proposedById: newId() }],
  ])('is not proposed for %s', async (_, over) => {
    const it_ = await gate.person(['it', 'security']);
    const { id: groupId } = await gate.group();
    const input = { groupId, role: 'it', reason, ...over };
    await expect(propose.execute(it_, input)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await gate.db.groupMapping.count()).toBe(0);
  });

  it('is listed with who proposed and decided it', async () => {
    const [it_, grc] = [await gate.person(['it']), await gate.person(['grc'])];
    const { id: groupId } = await gate.group({ members: [grc.id] });
    const { id } = await propose.execute(it_, { groupId, role: 'grc', reason });
    await approve.execute(grc, { id, reason });
    const queries = new GroupMappingQueries(gate.db);
    const page = await queries.list(listGroupMappingsQuerySchema.parse({}));
    expect(groupMappingPageSchema.parse(page).items).toMatchObject([
      { id, memberCount: 1, proposedBy: { id: it_.id }, decidedBy: { id: grc.id } },
    ]);
  });
});

describe('new members of a group', () => {
  const note = (groupId: string, personIds: string[]) =>
    gate.db.$transaction((tx) =>
      notePrivilegedMembers(
        {
          tx,
          actor: { kind: 'system', id: 'spec', name: 'spec' },
          now: gate.now(),
          enqueue: () => Promise.resolve(),
          signs: () => Promise.resolve(),
          signsNew: () => undefined,
          endAccess: () => Promise.resolve(),
          rightsOf: () => Promise.reject(new Error('nobody asks for rights here')),
        },
        groupId,
        personIds,
      ),
    );

  it('raise one alert of bounded length when the group gives roles, however many come', async () => {
    const long = await gate.person();
    await gate.db.person.update({ where: { id: long.id }, data: { name: 'x'.repeat(5000) } });
    const { id } = await gate.group({ role: 'security' });
    const ids = [
      long.id,
      ...(await Promise.all(Array.from({ length: 9 }, () => gate.person()))).map((one) => one.id),
    ];
    expect(await note(id, ids)).toEqual({ privilegedRoles: ['security'], privilegedMembers: 10 });
    const alerts = await gate.db.alert.findMany();
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.message).toMatch(/more joined the group Group .* gives the role security/);
    expect(alerts[0]?.message.length).toBeLessThan(600);
  });

  it('raise none when it gives none, when the mapping is only proposed, or when nobody came', async () => {
    const it_ = await gate.person(['it']);
    const plain = await gate.group();
    await propose.execute(it_, { groupId: plain.id, role: 'it', reason });
    const mapped = await gate.group({ role: 'it' });
    expect(await note(plain.id, [it_.id])).toEqual({ privilegedRoles: [], privilegedMembers: 0 });
    expect(await note(mapped.id, [])).toEqual({ privilegedRoles: [], privilegedMembers: 0 });
    expect(await gate.db.alert.count()).toBe(0);
  });
});
