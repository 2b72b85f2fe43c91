import { proposedChangeOf } from '#libs/dev/testing';
import { newId, roleNames, type Actor } from '#libs/platform/kernel';
import { describe, expect } from 'vitest';
import { notePrivilegedMembers } from '../privileged-members.js';
import { itWithInstallation as it, type TestInstallation } from '../roles.fixture.js';
import { MapGroup } from './commands/map-group.js';
import { RemoveGroupMapping } from './commands/remove-group-mapping.js';
import { GroupMappingQueries } from './group-mappings.queries.js';
import { groupMappingPageSchema, listGroupMappingsQuerySchema } from './group-mappings.schemas.js';

let gate: TestInstallation;
let map: MapGroup;
let remove: RemoveGroupMapping;
const reason = 'as agreed';

it.beforeEach(async ({ shared }) => {
  gate = shared;
  await gate.empty();
  map = new MapGroup(gate.runtime);
  remove = new RemoveGroupMapping(gate.runtime);
});

const propose = (actor: Actor, input: { groupId: string; role: string }) =>
  proposedChangeOf(map.execute(actor, { ...input, reason }));
const mappings = () => gate.db.groupMapping.count({ where: { state: 'active' } });
const join = (groupId: string, personId: string) =>
  gate.db.groupMember.create({ data: { groupId, personId, addedAt: gate.now() } });

describe('a group mapping', () => {
  it('gives nothing until a holder of the role confirms it, and then raises an alert', async () => {
    const [it_, security] = [await gate.person(['it']), await gate.person(['security'])];
    const members = [await gate.person(), await gate.person()];
    const { id: groupId } = await gate.group({ members: members.map(({ id }) => id) });
    const proposed = await propose(it_, { groupId, role: 'security' });
    expect(await gate.db.groupMapping.count()).toBe(0);
    expect(await gate.db.alert.count()).toBe(0);
    const { id } = await map.confirm(security, proposed);
    expect(await gate.db.groupMapping.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: 'active',
      proposedById: it_.id,
      decidedById: security.id,
    });
    expect(await gate.entry('map-group')).toMatchObject({
      actorId: security.id,
      data: { facts: { role: 'security', proposedById: it_.id, privilegedMembers: 2 } },
    });
    expect(await gate.db.alert.findFirstOrThrow()).toMatchObject({
      kind: 'privileged_member',
      subjectKind: 'group',
      subjectId: groupId,
      concernedIds: expect.arrayContaining([it_.id, security.id]) as string[],
    });
  });

  it('is never confirmed by who proposed it', async () => {
    const both = await gate.person(['it', 'security']);
    await gate.person(['security']);
    const { id: groupId } = await gate.group({ members: [both.id] });
    const proposed = await propose(both, { groupId, role: 'security' });
    await expect(map.confirm(both, proposed)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('You proposed this') as string,
    });
    expect(await mappings()).toBe(0);
  });

  it('is confirmed by nobody who lacks the role, or has it for a moment only', async () => {
    const it_ = await gate.person(['it']);
    await gate.person(['security']);
    const { id: groupId } = await gate.group();
    const proposed = await propose(it_, { groupId, role: 'security' });
    const newcomer: Actor = { ...(await gate.person([], ['security'])), roles: ['security'] };
    const others = await Promise.all(
      (['it', 'grc', 'office'] as const).map((role) => gate.person([role])),
    );
    for (const actor of [newcomer, ...others])
      await expect(map.confirm(actor, proposed)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await mappings()).toBe(0);
  });

  it('is not confirmed for other members than those who were shown, nor under another name', async () => {
    const [it_, security] = [await gate.person(['it']), await gate.person(['security'])];
    const [member, newcomer] = [await gate.person(), await gate.person()];
    const { id: groupId } = await gate.group({ members: [member.id] });
    const isStale = (proposed: Awaited<ReturnType<typeof propose>>) =>
      expect(map.confirm(security, proposed)).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('was changed since') as string,
      });
    const one = await propose(it_, { groupId, role: 'security' });
    await join(groupId, newcomer.id);
    const both = await propose(it_, { groupId, role: 'security' });
    await isStale(one);
    await gate.db.groupMember.deleteMany({ where: { personId: member.id } });
    await join(groupId, (await gate.person()).id);
    await isStale(both);
    const renamed = await propose(it_, { groupId, role: 'security' });
    await gate.db.group.update({ where: { id: groupId }, data: { displayName: 'Another' } });
    await isStale(renamed);
    expect(await mappings()).toBe(0);
  });

  it('is not made to a role that nobody has, which its author could confirm alone', async () => {
    const it_ = await gate.person(['it']);
    const { id: groupId } = await gate.group({ members: [it_.id] });
    for (const role of ['security', 'grc', 'emergency'] as const)
      await expect(map.execute(it_, { groupId, role, reason })).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining(`Nobody has the role ${roleNames([role])},`) as string,
      });
    expect(await gate.db.proposedChange.count()).toBe(0);
  });

  it('is not touched by a provisioning client, whatever its scopes, and the attempt is kept', async () => {
    const { id: groupId, mappingId } = await gate.group({ role: 'grc' });
    const scopes = ['users:write', 'groups:write', 'agents:write', 'groups:read'] as const;
    const scim: Actor = { kind: 'scim', id: newId(), name: 'Okta', tokenId: newId(), scopes };
    for (const [command, input] of [
      [map, { groupId, role: 'it', reason }],
      [remove, { id: mappingId, reason }],
    ] as const) {
      await expect(command.execute(scim, input)).rejects.toMatchObject({ code: 'forbidden' });
      expect(await gate.entry(command.spec.name)).toMatchObject({
        actorKind: 'scim',
        actorId: scim.id,
        data: { outcome: 'rejected' },
      });
    }
    expect(await mappings()).toBe(1);
  });

  it('is made once, and may come again after it was removed', async () => {
    const [it_, grc] = [await gate.person(['it']), await gate.person(['grc'])];
    const { id: groupId } = await gate.group();
    const input = { groupId, role: 'grc' as const };
    const twice = [await propose(it_, input), await propose(it_, input)];
    const confirmed = await Promise.allSettled(twice.map((one) => map.confirm(grc, one)));
    expect(confirmed.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(map.execute(it_, { ...input, reason })).rejects.toMatchObject({
      code: 'conflict',
    });
    const { id } = await gate.db.groupMapping.findFirstOrThrow();
    await remove.execute(it_, { id, reason });
    await expect(remove.execute(it_, { id, reason })).rejects.toMatchObject({ code: 'conflict' });
    await map.confirm(grc, await propose(it_, input));
    expect(await mappings()).toBe(1);
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
    await expect(map.execute(it_, input)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await gate.db.proposedChange.count()).toBe(0);
  });

  it('is listed with who proposed and confirmed it', async () => {
    const [it_, grc] = [await gate.person(['it']), await gate.person(['grc'])];
    const { id: groupId } = await gate.group({ members: [grc.id] });
    const { id } = await map.confirm(grc, await propose(it_, { groupId, role: 'grc' }));
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
          confirmedBy: null,
          coolingOffHours: 24,
          now: gate.now(),
          enqueue: () => Promise.resolve(),
          signs: () => Promise.resolve(),
          signsNew: () => undefined,
          changesRights: () => undefined,
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
    // Somebody who can confirm it: an alert says so where there is nobody.
    await gate.person(['it']);
    const plain = await gate.group();
    await propose(it_, { groupId: plain.id, role: 'it' });
    const mapped = await gate.group({ role: 'it' });
    expect(await note(plain.id, [it_.id])).toEqual({ privilegedRoles: [], privilegedMembers: 0 });
    expect(await note(mapped.id, [])).toEqual({ privilegedRoles: [], privilegedMembers: 0 });
    expect(await gate.db.alert.count()).toBe(0);
  });
});
