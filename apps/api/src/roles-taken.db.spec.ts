import { newId, type Role } from '#libs/platform/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerOf } from './fixtures/answers.js';
import { addPerson } from './fixtures/people.js';
import { signedInAs, type SignedIn } from './fixtures/signed-in.js';
import { startScimGate, type ScimGate, type TestScimClient } from './scim/scim.fixture.js';

// A person who takes away those who could stop them is seen by the others, by every way of doing it.
const reason = 'no longer with us';
let gate: ScimGate;
beforeAll(async () => {
  gate = await startScimGate();
});
afterAll(() => gate.close());

let it_: SignedIn;
let client: TestScimClient;
beforeEach(async () => {
  for (const roles of [['security'], ['security'], ['security'], ['it']] as const)
    await colleague(...roles);
  it_ = await signedInAs(gate, 'it');
  client = await gate.connect();
  await gate.database.asSuperuser('UPDATE scim_token SET created_by_id = $2 WHERE id = $1', [
    client.tokenId,
    it_.id,
  ]);
  await noAlerts();
});

const colleague = (...roles: Role[]) =>
  addPerson(gate.db, { issuer: gate.idp.issuer, subject: newId(), roles });
const noAlerts = () => gate.database.asSuperuser('DELETE FROM alert', []);
const alerts = () =>
  gate.db.alert.findMany({ orderBy: { id: 'asc' }, omit: { id: true, raisedAt: true } });
const provisioned = async () => {
  const { body } = await client.send('POST', '/Users', { userName: newId() });
  return (body as { id: string }).id;
};
const groupOf = async (role: Role, members: string[]) => {
  const group = { displayName: newId(), members: members.map((value) => ({ value })) };
  const { body } = await client.send('POST', '/Groups', group);
  const { id: groupId } = body as { id: string };
  const id = newId();
  const at = new Date(0);
  await gate.db.groupMapping.create({
    data: {
      id,
      groupId,
      role,
      state: 'active',
      proposedById: newId(),

      decidedAt: at,
    },
  });
  return { groupId, mappingId: id };
};
const removed = { kind: 'privileged_member_removed' };

describe('taking a privileged role away raises one alert, which concerns who did it', () => {
  const ways: Record<string, (id: string) => Promise<unknown>> = {
    'withdraw-role': (personId) =>
      it_.visitor.write('POST', '/api/v1/roles/withdrawals', {
        personId,
        role: 'security',
        reason,
      }),
    'disable-person': (id) => it_.visitor.write('POST', `/api/v1/people/${id}/disable`, { reason }),
  };
  it.each(Object.keys(ways))('by %s', async (way) => {
    const id = await colleague('security');
    await ways[way]?.(id);
    expect(await alerts()).toMatchObject([
      { ...removed, subjectId: id, byId: it_.id, concernedIds: [id, it_.id] },
    ]);
    const [{ id: alertId } = { id: '' }] = await gate.db.alert.findMany();
    const path = `/api/v1/alerts/${alertId}/acknowledge`;
    const own = await answerOf(it_.visitor.write('POST', path, { note: 'it was me' }));
    expect(own.status).toBe(403);
    const other = await signedInAs(gate, 'security');
    const seen = await answerOf(other.visitor.write('POST', path, { note: 'asked them' }));
    expect(seen.status).toBe(200);
  });

  it.each([
    [
      'PATCH /Users active false',
      (id: string) =>
        client.send('PATCH', `/Users/${id}`, {
          Operations: [{ op: 'replace', path: 'active', value: false }],
        }),
    ],
    ['DELETE /Users', (id: string) => client.send('DELETE', `/Users/${id}`)],
    [
      'PATCH /Groups remove',
      (id: string, group: string) =>
        client.send('PATCH', `/Groups/${group}`, {
          Operations: [{ op: 'remove', path: 'members', value: [{ value: id }] }],
        }),
    ],
    [
      'PUT /Groups without members',
      (_id: string, group: string) =>
        client.send('PUT', `/Groups/${group}`, { displayName: newId(), members: [] }),
    ],
    ['DELETE /Groups', (_id: string, group: string) => client.send('DELETE', `/Groups/${group}`)],
  ] as const)('by SCIM: %s', async (_, take) => {
    const id = await provisioned();
    const { groupId } = await groupOf('security', [id]);
    await noAlerts();
    expect((await take(id, groupId)).status).toBeLessThan(300);
    expect(await alerts()).toMatchObject([
      { ...removed, subjectKind: 'person', subjectId: id, byId: it_.id },
    ]);
  });

  it('by removing a mapping, of everybody who had the role by it, and of nobody who has it otherwise', async () => {
    const [one, two, both] = [await provisioned(), await provisioned(), await provisioned()];
    const { groupId, mappingId } = await groupOf('security', [one, two, both]);
    await gate.db.personRole.create({ data: { personId: both, role: 'security' } });
    await noAlerts();
    const path = `/api/v1/group-mappings/${mappingId}/remove`;
    expect((await answerOf(it_.visitor.write('POST', path, { reason }))).status).toBe(200);
    const [alert, ...others] = await alerts();
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ ...removed, subjectKind: 'group', subjectId: groupId });
    expect(new Set(alert?.concernedIds)).toEqual(new Set([one, two, it_.id]));
  });
});

describe('what is no news raises no alert', () => {
  it('a role by which nobody decides, a role that they have otherwise, a group that gives none, who is disabled already', async () => {
    const visitor = it_.visitor;
    const withdraw = (personId: string, role: Role) =>
      visitor.write('POST', '/api/v1/roles/withdrawals', { personId, role, reason });
    await withdraw(await colleague('grc'), 'grc');
    const id = await provisioned();
    const { groupId } = await groupOf('security', [id]);
    const other = await provisioned();
    const { groupId: plain } = await groupOf('office', [other]);
    await gate.db.personRole.create({ data: { personId: id, role: 'security' } });
    await noAlerts();
    expect(await answerOf(withdraw(id, 'security'))).toMatchObject({ status: 204 });
    expect((await client.send('DELETE', `/Groups/${plain}`)).status).toBe(204);
    await visitor.write('POST', `/api/v1/people/${other}/disable`, { reason });
    expect(await alerts()).toEqual([]);
    await client.send('DELETE', `/Users/${id}`);
    expect(await alerts()).toHaveLength(1);
    await client.send('DELETE', `/Groups/${groupId}`);
    await visitor.write('POST', `/api/v1/people/${id}/disable`, { reason });
    expect(await alerts()).toHaveLength(1);
  });

  it('what somebody gives up of their own', async () => {
    const { id, visitor } = await signedInAs(gate, 'it');
    const given = { personId: id, role: 'it', reason };
    expect((await answerOf(visitor.write('POST', '/api/v1/roles/withdrawals', given))).status).toBe(
      204,
    );
    expect(await alerts()).toEqual([]);
  });
});

describe('the last but one holder', () => {
  it('raises an alert of a kind of its own, that names who is left', async () => {
    await gate.database.asSuperuser(`DELETE FROM person_role WHERE role = 'security'`, []);
    await gate.database.asSuperuser('DELETE FROM group_mapping', []);
    const [left, gone] = [await colleague('security'), await colleague('security')];
    await it_.visitor.write('POST', `/api/v1/people/${gone}/disable`, { reason });
    const [alert, ...others] = await alerts();
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ kind: 'one_role_holder_left', subjectId: gone, byId: it_.id });
    const { name } = await gate.db.person.findUniqueOrThrow({ where: { id: left } });
    expect(alert?.message).toContain(`only ${name} holds the role security`);
  });

  it('is told from a row of others, which the message counts', async () => {
    for (const _ of [1, 2, 3]) {
      const id = await colleague('security');
      await it_.visitor.write('POST', `/api/v1/people/${id}/disable`, { reason });
    }
    const raised = await alerts();
    expect(raised).toMatchObject([removed, removed, removed]);
    const counted = raised.map(({ message }) => /(\d) times within a day/.exec(message)?.[1]);
    expect(counted).toEqual([undefined, '2', '3']);
  });
});
