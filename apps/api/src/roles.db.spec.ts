import { HOUR_MS, newId, type Role } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rolesOf, status } from './fixtures/answers.js';
import { addPerson } from './fixtures/people.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import { Visitor } from './fixtures/visitor.js';

const reason = 'as agreed with everybody';

let database: TestDatabase;
let gate: TestApi;

const add = async (...roles: Role[]) => {
  const subject = newId();
  const id = await addPerson(gate.db, { issuer: gate.idp.issuer, subject, roles });
  return { id, subject };
};
const signIn = async ({ subject }: { subject: string }): Promise<Visitor> => {
  gate.idp.account = subject;
  const visitor = new Visitor(gate.origin);
  await visitor.signIn();
  return visitor;
};
/** A version in review by somebody else, which waits for a second person. */
const addProposal = async (): Promise<string> => {
  const { account } = gate.idp;
  const author = await signIn(await add('security'));
  gate.idp.account = account;
  const proposal = { name: `policy-${newId()}`, text: 'rules: []\n', note: 'nothing yet' };
  const answer = await author.write('POST', '/api/v1/policy-versions', proposal);
  return ((await answer.json()) as { id: string }).id;
};
const publish = (visitor: Visitor, id: string) =>
  status(visitor.write('POST', `/api/v1/policy-versions/${id}/publish`, { note: 'fine' }));

describe('a new member of a privileged group', () => {
  beforeAll(async () => {
    database = await createTestDatabase();
    gate = await startTestApi(database.appUrl);
  });
  afterAll(async () => {
    await gate.close();
    await database.drop();
  });

  it('has the role at once, can approve with it a day later, and loses it with the mapping', async () => {
    const [it_, security, newcomer] = [await add('it'), await add('security'), await add()];
    const groupId = newId();
    const now = new Date();
    await gate.db.group.create({
      data: {
        id: groupId,
        displayName: 'Security',
        displayNameFolded: 'security',
        createdAt: now,
        updatedAt: now,
        members: { create: { personId: newcomer.id, addedAt: now } },
      },
    });
    const proposer = await signIn(it_);
    const proposed = await proposer.write('POST', '/api/v1/group-mappings', {
      groupId,
      role: 'security',
      reason,
    });
    expect(proposed.status).toBe(202);
    const { proposedChange } = (await proposed.json()) as { proposedChange: { id: string } };
    const confirm = (visitor: Visitor) => {
      const address = `/api/v1/proposed-changes/${proposedChange.id}/confirm`;
      return status(visitor.write('POST', address, { note: reason }));
    };
    expect(await confirm(proposer)).toBe(403);
    expect((await rolesOf(await signIn(newcomer))).roles).toEqual([]);
    const shown = await (
      await (await signIn(security)).send('GET', `/api/v1/proposed-changes/${proposedChange.id}`)
    ).json();
    expect(shown).toMatchObject({
      effect: { facts: { role: 'security' }, changes: { newHolderCount: 1 } },
    });
    expect(await confirm(await signIn(security))).toBe(200);
    const mapping = await gate.db.groupMapping.findFirstOrThrow({ where: { groupId } });

    const visitor = await signIn(newcomer);
    expect(await rolesOf(visitor)).toMatchObject({ roles: ['security'], fresh: ['security'] });
    const proposal = await addProposal();
    expect(await publish(visitor, proposal)).toBe(403);
    gate.pass(23 * HOUR_MS);
    expect(await publish(await signIn(newcomer), proposal)).toBe(403);
    gate.pass(HOUR_MS + 60_000);
    const later = await signIn(newcomer);
    expect(await rolesOf(later)).toMatchObject({ roles: ['security'], fresh: [] });
    expect(await publish(later, proposal)).toBe(200);
    gate.pass(-24 * HOUR_MS - 60_000);

    const remover = await signIn(it_);
    const removal = `/api/v1/group-mappings/${mapping.id}/remove`;
    expect(await status(remover.write('POST', removal, { reason }))).toBe(200);
    expect((await rolesOf(later)).roles).toEqual([]);
    expect(await status(later.send('GET', '/api/v1/alerts'))).toBe(403);
  });

  it('comes by a mapping that a holder of the very role sees, rejects or confirms, and no other', async () => {
    const [it_, developer, office] = [await add('it'), await add('developer'), await add('office')];
    const groupId = newId();
    const at = { createdAt: new Date(), updatedAt: new Date() };
    const name = { displayName: groupId, displayNameFolded: groupId };
    await gate.db.group.create({ data: { id: groupId, ...name, ...at } });
    const proposer = await signIn(it_);
    const [holder, other] = [await signIn(developer), await signIn(office)];
    const propose = async () => {
      const body = { groupId, role: 'developer', reason };
      const answer = await proposer.write('POST', '/api/v1/group-mappings', body);
      return ((await answer.json()) as { proposedChange: { id: string } }).proposedChange.id;
    };
    const [first, second] = [await propose(), await propose()];
    const decide = (visitor: Visitor, id: string, verb: string) =>
      status(visitor.write('POST', `/api/v1/proposed-changes/${id}/${verb}`, { note: reason }));
    const see = (visitor: Visitor) =>
      status(visitor.send('GET', `/api/v1/proposed-changes/${first}`));
    expect([await see(holder), await see(other)]).toEqual([200, 404]);
    for (const verb of ['confirm', 'reject'])
      expect(await decide(other, first, verb)).toBeGreaterThanOrEqual(403);
    expect(await gate.db.groupMapping.count({ where: { groupId } })).toBe(0);
    expect(await decide(holder, first, 'reject')).toBe(200);
    expect(await decide(holder, first, 'confirm')).toBe(409);
    expect(await decide(holder, second, 'confirm')).toBe(200);
    expect(await gate.db.groupMapping.count({ where: { groupId } })).toBe(1);
  });

  it('is told apart by the ids of people, mappings and delegations: others find nothing (C3)', async () => {
    const office = await signIn(await add('office'));
    for (const path of [
      '/api/v1/group-mappings',
      '/api/v1/roles',
      '/api/v1/alerts',
      '/api/v1/emergency-access',
    ]) {
      expect(await status(office.send('GET', path))).toBe(403);
    }
    const nobody = await signIn(await add());
    expect(await status(nobody.send('GET', '/api/v1/people'))).toBe(403);
    expect(await status(nobody.send('GET', '/api/v1/delegations'))).toBe(200);
    expect(await status(nobody.send('GET', '/api/v1/delegations/agents'))).toBe(200);
    const { id } = await add('it');
    expect(await status(nobody.send('GET', `/api/v1/people/${id}`))).toBe(403);
  });

  it('of emergency access approves nothing, and has nothing when its time is up', async () => {
    const visitor = await signIn(await add('emergency'));
    expect(await status(visitor.send('GET', '/api/v1/alerts'))).toBe(403);
    const request = { reason: 'the gate is on fire', minutes: 5 };
    expect(await status(visitor.write('POST', '/api/v1/emergency-access', request))).toBe(201);
    expect(await rolesOf(visitor)).toMatchObject({
      roles: ['it', 'security', 'emergency'],
      fresh: ['it', 'security'],
      emergency: { expiresAt: expect.any(String) as string },
    });
    expect(await status(visitor.send('GET', '/api/v1/alerts'))).toBe(200);
    expect(await publish(visitor, await addProposal())).toBe(403);
    const { id } = await add();
    for (const role of ['it', 'security']) {
      const input = { personId: id, role, reason };
      expect(await status(visitor.write('POST', '/api/v1/roles/assignments', input))).toBe(403);
    }
    const alert = await gate.db.alert.findFirstOrThrow({ where: { kind: 'emergency_access' } });
    const acknowledgement = `/api/v1/alerts/${alert.id}/acknowledge`;
    expect(await status(visitor.write('POST', acknowledgement, { note: 'all is well' }))).toBe(403);
    gate.pass(5 * 60_000 + 1);
    expect(await rolesOf(visitor)).toMatchObject({ roles: ['emergency'], emergency: null });
    expect(await status(visitor.send('GET', '/api/v1/alerts'))).toBe(403);
    gate.pass(-5 * 60_000 - 1);
  });

  it('signed out everywhere has no session left, even during a request', async () => {
    const leaver = await add('office');
    const [here, there] = [await signIn(leaver), await signIn(leaver)];
    const security = await signIn(await add('security'));
    const revocation = `/api/v1/people/${leaver.id}/revoke-access`;
    expect(await status(security.write('POST', revocation, { reason }))).toBe(200);
    for (const visitor of [here, there]) {
      expect(await status(visitor.send('GET', '/api/v1/session'))).toBe(401);
    }
    expect((await rolesOf(await signIn(leaver))).roles).toEqual(['office']);
  });

  it('is shown by the role matrix', async () => {
    const answer = await (await signIn(await add('grc'))).send('GET', '/api/v1/roles');
    const { items } = (await answer.json()) as {
      items: { role: Role; rights: string[]; holders: { isCoolingOff: boolean }[] }[];
    };
    const security = items.find(({ role }) => role === 'security');
    expect(security?.rights.join()).toContain('publish: policy version');
    expect(security?.holders.length).toBeGreaterThan(0);
  });
});
