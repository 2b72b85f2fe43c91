import { createTestDatabase, createTestOrganisation, type TestDatabase } from '#libs/dev/testing';
import { DAY_MS, newId } from '#libs/platform/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirm } from './fixtures/agreed.js';
import { answerOf, rolesOf } from './fixtures/answers.js';
import { addIdp } from './fixtures/issuers.js';
import { signedInAs } from './fixtures/signed-in.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import type { TestIdp } from './fixtures/test-idp.js';
import { Visitor } from './fixtures/visitor.js';

// Invariant I10: who runs the IdP, or holds a provisioning token, gets no privileged role by a first sign-in.
let database: TestDatabase;
let gate: TestApi;
let idp: TestIdp;
let issuerId: string;
let connectionId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
  const { visitor } = await signedInAs(gate, 'it');
  const signIn = { linkClaim: 'oid', linkAttribute: 'external_id' };
  ({ idp, issuerId } = await addIdp(gate, visitor, { signIn }));
  connectionId = newId();
  const connection = { name: 'Entra', kind: 'entra', issuerId, createdAt: new Date() } as const;
  await gate.db.scimConnection.create({ data: { id: connectionId, ...connection } });
});
afterAll(async () => {
  await idp.close();
  await gate.close();
  await database.drop();
});

const provisioned = async () => {
  const [id, externalId, at] = [newId(), newId(), new Date()];
  await gate.db.person.create({ data: { id, email: '', name: 'Ada', createdAt: at } });
  const names = { userName: id, userNameFolded: id, externalId, attributes: {} };
  await gate.db.scimUser.create({
    data: { personId: id, connectionId, ...names, createdAt: at, updatedAt: at },
  });
  return { id, externalId };
};
const join = async (personId: string, role: 'security' | 'grc') => {
  const { id } = await createTestOrganisation(gate.db).addGroup({ role, members: [personId] });
  return id;
};
const signIn = async (oid: string) => {
  const subject = newId();
  idp.account = subject;
  idp.claims = { oid };
  const visitor = new Visitor(gate.origin);
  await visitor.signIn('/', issuerId);
  return { visitor, identity: { issuer: idp.issuer, subject } };
};
const decide = (by: Visitor, id: string, verb: 'confirm' | 'reject', identity: object) =>
  answerOf(
    by.write('POST', `/api/v1/people/${id}/${verb}-identity`, { ...identity, reason: 'checked' }),
  );

describe('the first sign-in of a privileged person from SCIM', () => {
  it('gives what is not privileged, and raises an alert', async () => {
    const { id, externalId } = await provisioned();
    await join(id, 'security');
    await join(id, 'grc');
    const { visitor } = await signIn(externalId);
    expect((await rolesOf(visitor)).roles).toEqual(['grc']);
    expect(await gate.db.alert.findMany({ where: { subjectId: id } })).toMatchObject([
      { kind: 'privileged_identity_linked', concernedIds: [id] },
    ]);
  });

  it('tells them which roles wait and who confirms it, and nobody else is among those who wait', async () => {
    const { id, externalId } = await provisioned();
    await join(id, 'security');
    await join(id, 'grc');
    const { visitor, identity } = await signIn(externalId);
    const confirmedBy = ['it', 'security'];
    expect(await rolesOf(visitor)).toMatchObject({
      roles: ['grc'],
      unconfirmed: [{ role: 'security', confirmedBy }],
    });
    const unprivileged = await provisioned();
    await join(unprivileged.id, 'grc');
    const { visitor: grc } = await signIn(unprivileged.externalId);
    expect(await rolesOf(grc)).toMatchObject({ unconfirmed: [] });
    const { visitor: it_ } = await signedInAs(gate, 'it');
    const waiting = async () => {
      const list = await answerOf(it_.send('GET', '/api/v1/people?unconfirmed=true&perPage=100'));
      return (list.body['items'] as { id: string }[]).map((person) => person.id);
    };
    expect(await waiting()).toContain(id);
    expect(await waiting()).not.toContain(unprivileged.id);
    const shown = await answerOf(it_.send('GET', `/api/v1/people/${id}`));
    expect(shown.body).toMatchObject({ unconfirmedRoles: ['security'] });
    const { visitor: security } = await signedInAs(gate, 'security');
    const proposed = await decide(it_, id, 'confirm', identity);
    expect((await confirm(security, proposed)).status).toBe(200);
    expect(await waiting()).not.toContain(id);
    const until = (await rolesOf(visitor)).freshUntil.map((time) => Date.parse(time ?? ''));
    const tomorrow: unknown = expect.closeTo(Date.now() + DAY_MS, -5);
    expect(until).toEqual([tomorrow, tomorrow]);
  });

  it('counts once two settled people confirm it, and cools off then', async () => {
    const { id, externalId } = await provisioned();
    await join(id, 'security');
    const { visitor, identity } = await signIn(externalId);
    const [it_, security] = [await signedInAs(gate, 'it'), await signedInAs(gate, 'security')];
    expect((await decide(visitor, id, 'confirm', identity)).status).toBe(403);
    const proposed = await decide(it_.visitor, id, 'confirm', identity);
    expect(proposed.status).toBe(202);
    for (const one of [it_.visitor, visitor])
      expect((await confirm(one, proposed)).status).toBe(403);
    expect((await rolesOf(visitor)).roles).toEqual([]);
    expect((await confirm(security.visitor, proposed)).status).toBe(200);
    expect(await rolesOf(visitor)).toMatchObject({ roles: ['security'], fresh: ['security'] });
    expect((await decide(it_.visitor, id, 'confirm', identity)).status).toBe(409);
  });

  it('gives nothing either when they become privileged afterwards, or were re-keyed before', async () => {
    const linkedFirst = await provisioned();
    const { visitor: puppet } = await signIn(linkedFirst.externalId);
    await join(linkedFirst.id, 'security');
    expect((await rolesOf(puppet)).roles).toEqual([]);
    const rekeyed = await provisioned();
    await gate.db.personRole.create({ data: { personId: rekeyed.id, role: 'it' } });
    const externalId = newId();
    await gate.db.scimUser.update({ where: { personId: rekeyed.id }, data: { externalId } });
    const { visitor: thief } = await signIn(externalId);
    expect((await rolesOf(thief)).roles).toEqual([]);
  });

  it('is unlinked and signed out at once by one person who says that it is not them', async () => {
    const { id, externalId } = await provisioned();
    await join(id, 'security');
    const { visitor, identity } = await signIn(externalId);
    const other = await signedInAs(gate, 'it');
    expect((await decide(other.visitor, id, 'reject', identity)).status).toBe(200);
    expect((await answerOf(visitor.send('GET', '/api/v1/session'))).status).toBe(401);
    expect(await gate.db.personIdentity.count({ where: { personId: id } })).toBe(0);
    const known = await signedInAs(gate, 'grc');
    const [own] = await gate.db.personIdentity.findMany({ where: { personId: known.id } });
    const added = { issuer: own?.issuer ?? '', subject: own?.subject ?? '' };
    expect((await decide(other.visitor, known.id, 'reject', added)).status).toBe(409);
  });

  it('is confirmed with the role that two people give them after it', async () => {
    const { id, externalId } = await provisioned();
    const { visitor, identity } = await signIn(externalId);
    const [it_, security] = [await signedInAs(gate, 'it'), await signedInAs(gate, 'security')];
    const assignment = { personId: id, role: 'it', reason: 'a new colleague' };
    const given = it_.visitor.write('POST', '/api/v1/roles/assignments', assignment);
    const proposed = await answerOf(given);
    const { id: changeId } = proposed.body['proposedChange'] as { id: string };
    const path = `/api/v1/proposed-changes/${changeId}`;
    const shown = await answerOf(security.visitor.send('GET', path));
    expect(shown.text).toContain(identity.subject);
    expect((await confirm(security.visitor, proposed)).status).toBe(200);
    expect(await rolesOf(visitor)).toMatchObject({ roles: ['it'], fresh: ['it'] });
  });
});
