import { createTestOrganisation } from '#libs/dev/testing';
import { HOUR_MS, newId, type Role } from '#libs/platform/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerOf } from '../fixtures/answers.js';
import { signedInAs } from '../fixtures/signed-in.js';
import { Visitor } from '../fixtures/visitor.js';
import { startScimGate, type ScimGate, type TestScimClient } from './scim.fixture.js';

// A provisioning token is no way round what people decided about people.
let gate: ScimGate;
beforeAll(async () => {
  gate = await startScimGate();
});
afterAll(() => gate.close());

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const reason = 'as agreed';
const asActive = (value: boolean) => ({
  schemas: [PATCH],
  Operations: [{ op: 'replace', path: 'active', value }],
});

let client: TestScimClient;
let madeBy: string;
beforeEach(async () => {
  client = await gate.connect();
  ({ id: madeBy } = await signedInAs(gate, 'it'));
  await gate.database.asSuperuser('UPDATE scim_token SET created_by_id = $2 WHERE id = $1', [
    client.tokenId,
    madeBy,
  ]);
});

/** Somebody whom the client provisions and who has signed in, with these roles. */
const provisioned = async (...roles: Role[]) => {
  const { body } = await client.send('POST', '/Users', { userName: newId() });
  const { id } = body as { id: string };
  const subject = newId();
  await gate.db.personIdentity.create({
    data: {
      issuer: gate.idp.issuer,
      subject,
      personId: id,
      linkedAt: new Date(Date.now() - 48 * HOUR_MS),
      confirmedAt: new Date(Date.now() - 48 * HOUR_MS),
      linkedBy: 'claim',
    },
  });
  await gate.db.personRole.createMany({ data: roles.map((role) => ({ personId: id, role })) });
  const signIn = async () => {
    gate.idp.account = subject;
    const visitor = new Visitor(gate.origin);
    return (await visitor.signIn()).search;
  };
  return { id, signIn };
};
const decide = (by: Visitor, id: string, verb: 'disable' | 'enable') =>
  answerOf(by.write('POST', `/api/v1/people/${id}/${verb}`, { reason }));
const personOf = (id: string) => gate.db.person.findUniqueOrThrow({ where: { id } });
const alertsOf = (subjectId: string) => gate.db.alert.findMany({ where: { subjectId } });

describe('somebody whom people disabled', () => {
  it.each(['it', 'security'] as const)(
    'stays out, whatever their client says, until %s enables them again',
    async (role) => {
      const { visitor } = await signedInAs(gate, role);
      const person = await provisioned('office');
      expect(await person.signIn()).toBe('');
      expect((await decide(visitor, person.id, 'disable')).status).toBe(200);
      expect((await client.send('GET', `/Users/${person.id}`)).body).toMatchObject({
        active: true,
      });
      for (const value of [true, false, true]) {
        await client.send('PATCH', `/Users/${person.id}`, asActive(value));
        expect(await person.signIn()).toBe('?signInError=unknown_person');
        const { body } = await client.send('GET', `/Users/${person.id}`);
        // What the client said, so that it sees nothing to mend.
        expect(body).toMatchObject({ active: value });
      }
      await client.send('PUT', `/Users/${person.id}`, { userName: newId(), active: true });
      expect(await person.signIn()).toBe('?signInError=unknown_person');
      const shown = await answerOf(visitor.send('GET', `/api/v1/people/${person.id}`));
      expect(shown.body).toMatchObject({
        isActive: false,
        disabledByPeople: true,
        stoppedBySecurity: role === 'security',
        isActiveAtClient: true,
      });
      expect((await decide(visitor, person.id, 'enable')).status).toBe(200);
      expect(await person.signIn()).toBe('');
    },
  );

  it('does not come back as somebody new when their client deletes and creates them', async () => {
    const { visitor } = await signedInAs(gate, 'security');
    const person = await provisioned('office');
    await decide(visitor, person.id, 'disable');
    expect((await client.send('DELETE', `/Users/${person.id}`)).status).toBe(204);
    await client.send('POST', '/Users', { userName: newId() });
    expect(await person.signIn()).toBe('?signInError=unknown_person');
  });

  it('by security is not enabled by IT', async () => {
    const [it_, security] = [await signedInAs(gate, 'it'), await signedInAs(gate, 'security')];
    const { id } = await provisioned();
    expect((await decide(security.visitor, id, 'disable')).status).toBe(200);
    expect((await decide(it_.visitor, id, 'enable')).status).toBe(403);
    expect((await personOf(id)).disabledAt).not.toBeNull();
  });
});

describe('a token', () => {
  it('that disables a holder of a privileged role raises an alert, of which its maker is no reader', async () => {
    await signedInAs(gate, 'security');
    const { id } = await provisioned('security');
    await client.send('PATCH', `/Users/${id}`, asActive(false));
    const [alert] = await alertsOf(id);
    expect(alert).toMatchObject({ kind: 'privileged_member_removed', byId: madeBy });
    expect(alert?.concernedIds).toContain(madeBy);
    const { visitor } = await signedInAs(gate, 'it');
    const puppet = await provisioned('office');
    await client.send('DELETE', `/Users/${puppet.id}`);
    expect(await alertsOf(puppet.id)).toEqual([]);
    const acknowledgement = `/api/v1/alerts/${alert?.id ?? ''}/acknowledge`;
    const done = visitor.write('POST', acknowledgement, { note: 'looked at it' });
    expect((await answerOf(done)).status).toBe(200);
  });

  it('leaves no puppet as the only second person: somebody who has cooled off stays', async () => {
    const organisation = createTestOrganisation(gate.db);
    await gate.db.personRole.deleteMany({ where: { role: 'security' } });
    const officers = [await provisioned('security'), await provisioned('security')];
    const puppet = await provisioned();
    const { id: groupId } = await organisation.addGroup({ role: 'security' });
    await gate.db.group.update({
      where: { id: groupId },
      data: { connectionId: client.connectionId },
    });
    const add = { op: 'add', path: 'members', value: [{ value: puppet.id }] };
    const joined = { schemas: [PATCH], Operations: [add] };
    expect((await client.send('PATCH', `/Groups/${groupId}`, joined)).status).toBe(204);
    const answers = [];
    for (const { id } of officers)
      answers.push((await client.send('PATCH', `/Users/${id}`, asActive(false))).status);
    expect(answers).toEqual([204, 409]);
    // Nor does IT alone, by whichever way.
    const { visitor } = await signedInAs(gate, 'it');
    const last = officers[1]?.id ?? '';
    expect((await decide(visitor, last, 'disable')).status).toBe(409);
    const withdrawal = { personId: last, role: 'security', reason };
    const withdrawn = visitor.write('POST', '/api/v1/roles/withdrawals', withdrawal);
    expect((await answerOf(withdrawn)).status).toBe(409);
    // To disable one and enable them anew would have them cool off: the last one is never disabled.
    await client.send('PATCH', `/Users/${officers[0]?.id ?? ''}`, asActive(true));
    expect((await client.send('PATCH', `/Users/${last}`, asActive(false))).status).toBe(409);
    expect((await personOf(last)).disabledAt).toBeNull();
  });

  it('finds people by what it said of them', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    const { id } = await provisioned();
    await decide(visitor, id, 'disable');
    const found = await client.send('GET', `/Users?filter=${encodeURIComponent('active eq true')}`);
    expect((found.body as { Resources: { id: string }[] }).Resources).toMatchObject([{ id }]);
  });
});
