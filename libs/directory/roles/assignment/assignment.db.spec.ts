import { proposedChangeOf } from '#libs/dev/testing';
import { HOUR_MS, newId, ROLES, type Actor, type Role } from '#libs/platform/kernel';
import { DisablePerson, EnablePerson } from '#libs/directory/people';
import { describe, expect } from 'vitest';
import { itWithInstallation as it, type TestInstallation } from '../roles.fixture.js';
import { MapGroup } from '../group-mappings/commands/map-group.js';
import { RemoveGroupMapping } from '../group-mappings/commands/remove-group-mapping.js';
import { AssignRole } from './commands/assign-role.js';
import { WithdrawRole } from './commands/withdraw-role.js';

let gate: TestInstallation;
let assign: AssignRole;
let withdraw: WithdrawRole;
const reason = 'as agreed';

it.beforeEach(async ({ shared }) => {
  gate = shared;
  await gate.empty();
  assign = new AssignRole(gate.runtime);
  withdraw = new WithdrawRole(gate.runtime);
});

const rolesOf = async ({ id }: { id: string }) =>
  (await gate.db.personRole.findMany({ where: { personId: id } })).map(({ role }) => role);

describe('a role', () => {
  it('is given by a holder past the cooling-off period, at once, and the ledger says by whom', async () => {
    const [holder, other] = [await gate.person(['security']), await gate.person()];
    await gate.agreed(assign, holder, { personId: other.id, role: 'security', reason });
    expect(await rolesOf(other)).toEqual(['security']);
    const row = await gate.db.personRole.findFirstOrThrow({ where: { personId: other.id } });
    expect(row.assignedById).toBe(holder.id);
    expect(await gate.entry('assign-role')).toMatchObject({
      data: {
        outcome: 'succeeded',
        facts: {
          personId: other.id,
          role: 'security',
          isFirstHolder: false,
          proposedById: holder.id,
        },
      },
    });
  });

  it('approves nothing before its cooling-off period is over: neither a role nor a mapping', async () => {
    const [holder, puppet, third] = [
      await gate.person(['security']),
      await gate.person(),
      await gate.person(),
    ];
    await gate.agreed(assign, holder, { personId: puppet.id, role: 'security', reason });
    expect(await gate.entry('assign-role')).toMatchObject({
      data: { facts: { settledAtOnce: false } },
    });
    const { id: groupId } = await gate.group();
    const map = new MapGroup(gate.runtime);
    const mapping = { groupId, role: 'security', reason } as const;
    const proposed = await proposedChangeOf(map.execute(holder, mapping));
    const confirm = () => map.confirm(puppet, proposed);
    const give = () => assign.execute(puppet, { personId: third.id, role: 'security', reason });
    for (const [act, why] of [
      [confirm, 'too newly'],
      [give, 'cooling-off period'],
    ] as const) {
      await expect(act()).rejects.toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining(why) as string,
      });
    }
    gate.pass(24 * HOUR_MS + 1);
    await confirm();
    await gate.agreed(assign, puppet, { personId: third.id, role: 'security', reason });
    expect(await rolesOf(third)).toEqual(['security']);
  });

  it('approves nothing for a day after its holder is enabled again', async () => {
    const [holder, other] = [await gate.person(['it']), await gate.person(['it'])];
    await new DisablePerson(gate.runtime).execute(holder, { id: other.id, reason });
    await gate.agreed(new EnablePerson(gate.runtime), holder, { id: other.id, reason });
    const third = await gate.person();
    const give = () => gate.agreed(assign, other, { personId: third.id, role: 'it', reason });
    await expect(give()).rejects.toMatchObject({ code: 'forbidden' });
    gate.pass(24 * HOUR_MS + 1);
    await give();
    expect(await rolesOf(third)).toEqual(['it']);
  });

  it('that others depend on is given under an alert that neither of the two sets aside', async () => {
    const [holder, other] = [await gate.person(['it']), await gate.person()];
    await gate.agreed(assign, holder, { personId: other.id, role: 'it', reason });
    const alerts = await gate.db.alert.findMany({ where: { subjectId: other.id } });
    expect(alerts).toMatchObject([{ kind: 'privileged_member', subjectKind: 'person' }]);
    expect(alerts[0]?.concernedIds.toSorted()).toEqual([holder.id, other.id].toSorted());
    const grc = await gate.person(['grc']);
    await assign.execute(grc, { personId: other.id, role: 'grc', reason });
    expect(await gate.db.alert.count({ where: { subjectId: other.id } })).toBe(1);
  });

  it('is never given to oneself, with whatever roles', async () => {
    for (const role of ROLES.filter((one) => one !== 'owner')) {
      const everything = await gate.person([...ROLES].filter((one) => one !== role));
      const input = { personId: everything.id, role, reason };
      await expect(assign.execute(everything, input)).rejects.toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('Nobody gives themselves a role') as string,
      });
      expect(await rolesOf(everything)).not.toContain(role);
    }
  });

  it('is not given by somebody who has it for a moment only, nor by IT for others', async () => {
    await gate.person(['security']);
    const other = await gate.person();
    const fresh = await gate.person([], ['security']);
    const newcomer: Actor = { ...fresh, roles: ['security'] };
    const it_ = await gate.person(['it']);
    for (const actor of [newcomer, it_]) {
      await expect(
        assign.execute(actor, { personId: other.id, role: 'security', reason }),
      ).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(await rolesOf(other)).toEqual([]);
    expect(await gate.entry('assign-role')).toMatchObject({ data: { outcome: 'rejected' } });
  });

  it('without a holder is given by security, and a holder who left is not in force', async () => {
    const security = await gate.person(['security']);
    const gone = await gate.person(['grc']);
    const [first, second] = [await gate.person(), await gate.person()];
    const input = { role: 'grc' as const, reason };
    await expect(assign.execute(security, { ...input, personId: first.id })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await gate.db.person.update({ where: { id: gone.id }, data: { disabledAt: new Date() } });
    await assign.execute(security, { ...input, personId: first.id });
    await expect(assign.execute(security, { ...input, personId: second.id })).rejects.toMatchObject(
      { code: 'forbidden' },
    );
    expect(await gate.entry('assign-role')).toMatchObject({ data: { outcome: 'rejected' } });
  });

  it('is not given twice, to nobody, or to somebody who left', async () => {
    const holder = await gate.person(['it']);
    const gone = await gate.person();
    await gate.db.person.update({ where: { id: gone.id }, data: { disabledAt: new Date() } });
    const again = await gate.person(['it']);
    const give = (personId: string) => assign.execute(holder, { personId, role: 'it', reason });
    await expect(give(gone.id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(give(again.id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(give(newId())).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each<[string, unknown]>([
    ['the owner', { role: 'owner' }],
    ['one that there is not', { role: 'root' }],
    ['several at once', { role: ['it', 'security'] }],
    ['no reason', { reason: '  ' }],
    ['a person that is no id', { personId: "' OR 1=1 --" }],
    ['more than is asked for', { assignedById: newId() }],
  ])('is rejected for %s', async (_, over) => {
    const [holder, other] = [await gate.person([...ROLES]), await gate.person()];
    const input = { personId: other.id, role: 'it', reason, ...(over as object) };
    await expect(assign.execute(holder, input)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await rolesOf(other)).toEqual([]);
  });

  it('is never given by a provisioning client or an agent', async () => {
    const other = await gate.person();
    const scopes = ['users:write', 'groups:write', 'agents:write'] as const;
    const scim: Actor = { kind: 'scim', id: newId(), name: 'Entra', tokenId: newId(), scopes };
    const agent: Actor = { kind: 'agent', id: newId(), name: 'a' };
    for (const actor of [scim, agent]) {
      await expect(
        assign.execute(actor, { personId: other.id, role: 'it', reason }),
      ).rejects.toMatchObject({ code: 'forbidden' });
      expect(await gate.entry('assign-role')).toMatchObject({
        actorKind: actor.kind,
        data: { outcome: 'rejected' },
      });
    }
  });
});

describe('taking a role back', () => {
  it('counts at once', async () => {
    const [it_, other] = [await gate.person(['it']), await gate.person(['office', 'grc'])];
    await withdraw.execute(it_, { personId: other.id, role: 'grc', reason });
    expect(await rolesOf(other)).toEqual(['office']);
  });

  it.each(['it', 'security'] as const)('leaves the last active holder of %s', async (role) => {
    const actor = await gate.person([role]);
    const gone = await gate.person([role]);
    await gate.db.person.update({ where: { id: gone.id }, data: { disabledAt: new Date() } });
    const input = { personId: actor.id, role, reason };
    await expect(withdraw.execute(actor, input)).rejects.toMatchObject({ code: 'conflict' });
    expect(await rolesOf(actor)).toEqual([role]);
    await gate.group({ members: [(await gate.person()).id], role });
    // A newcomer alone could be the puppet of the one who does it.
    await expect(withdraw.execute(actor, input)).rejects.toMatchObject({ code: 'conflict' });
    gate.pass(24 * HOUR_MS + 1);
    await withdraw.execute(actor, input);
    expect(await rolesOf(actor)).toEqual([]);
  });

  it('leaves one of many last holders who are removed at the same time', async () => {
    const disable = new DisablePerson(gate.runtime);
    await gate.person(['security']);
    const holders = await Promise.all(Array.from({ length: 6 }, () => gate.person(['it'])));
    const outcomes = await Promise.allSettled(
      holders.map((holder, index) => {
        const next = holders[(index + 1) % holders.length] ?? holder;
        return index % 2 === 0
          ? withdraw.execute(holder, { personId: next.id, role: 'it', reason })
          : disable.execute(holder, { id: next.id, reason });
      }),
    );
    expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true);
    const left = await gate.db.personRole.count({
      where: { role: 'it', person: { disabledAt: null } },
    });
    expect(left).toBeGreaterThan(0);
  });

  it('is not got round by disabling the last holder or removing their mapping', async () => {
    const it_ = await gate.person(['it']);
    const last = await gate.person();
    const { mappingId } = await gate.group({ members: [last.id], role: 'security' });
    const disable = new DisablePerson(gate.runtime);
    await expect(disable.execute(it_, { id: last.id, reason })).rejects.toMatchObject({
      code: 'conflict',
    });
    const remove = new RemoveGroupMapping(gate.runtime);
    await expect(remove.execute(it_, { id: mappingId, reason })).rejects.toMatchObject({
      code: 'conflict',
    });
    const person = await gate.db.person.findUniqueOrThrow({ where: { id: last.id } });
    expect(person.disabledAt).toBeNull();
  });

  it('is not left to somebody from SCIM who never signed in', async () => {
    const it_ = await gate.person(['it']);
    const disable = new DisablePerson(gate.runtime);
    const [last, provisioned] = [await gate.person(['security']), await gate.person(['security'])];
    const { id: connectionId } = await gate.db.scimConnection.create({
      data: { id: newId(), name: newId(), kind: 'entra', createdAt: new Date() },
    });
    const user = { connectionId, userName: newId(), userNameFolded: newId(), attributes: {} };
    const times = { createdAt: new Date(), updatedAt: new Date() };
    await gate.db.scimUser.create({ data: { personId: provisioned.id, ...user, ...times } });
    await expect(disable.execute(it_, { id: last.id, reason })).rejects.toMatchObject({
      code: 'conflict',
    });
    const identity = { issuer: 'https://idp.test', subject: newId(), linkedBy: 'added' } as const;
    await gate.db.personIdentity.create({
      data: { personId: provisioned.id, linkedAt: new Date(), ...identity },
    });
    await disable.execute(it_, { id: last.id, reason });
  });

  it('says by which group somebody has it', async () => {
    const [it_, other] = [await gate.person(['it']), await gate.person()];
    await gate.group({ members: [other.id], role: 'grc' });
    await expect(
      withdraw.execute(it_, { personId: other.id, role: 'grc', reason }),
    ).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('by the group Group ') as string,
    });
  });

  it('is for IT and security alone', async () => {
    await gate.person(['grc']);
    const other = await gate.person(['grc']);
    for (const role of ['grc', 'developer', 'office', 'emergency'] satisfies Role[]) {
      const actor = await gate.person([role]);
      await expect(
        withdraw.execute(actor, { personId: other.id, role: 'grc', reason }),
      ).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(await rolesOf(other)).toEqual(['grc']);
  });
});
