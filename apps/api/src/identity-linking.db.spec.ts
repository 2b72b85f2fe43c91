import { newId } from '#libs/platform/kernel';
import { readEpochSections } from '#libs/platform/db';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agreed } from './fixtures/agreed.js';
import { answerOf } from './fixtures/answers.js';
import { addIdp } from './fixtures/issuers.js';
import { signedInAs } from './fixtures/signed-in.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import type { TestIdp } from './fixtures/test-idp.js';
import { Visitor } from './fixtures/visitor.js';
import { signEverything } from './fixtures/sign-everything.fixture.js';

// Invariant I7: a person from SCIM is linked at first sign-in by one claim, exactly, once, and in no other way.
const OID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

let database: TestDatabase;
let gate: TestApi;
let admin: Visitor;
let idp: TestIdp;
let issuerId: string;
let connectionId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
  admin = (await signedInAs(gate, 'it')).visitor;
  const signIn = { linkClaim: 'oid', linkAttribute: 'external_id' };
  ({ idp, issuerId } = await addIdp(gate, admin, { signIn }));
  connectionId = await addConnection(issuerId);
});
afterAll(async () => {
  await idp.close();
  await gate.close();
  await database.drop();
});
beforeEach(async () => {
  await gate.db.scimUser.deleteMany();
  idp.claims = {};
});

const addConnection = async (ofIssuer: string | null) => {
  const id = newId();
  await gate.db.scimConnection.create({
    data: { id, name: id, kind: 'entra', issuerId: ofIssuer, createdAt: new Date() },
  });
  return id;
};

let count = 0;
const nextSubject = () => (idp.account = `subject-${(count += 1)}`);

/** Somebody as a provisioning client created them: nobody has signed in as them yet. */
const provisioned = async (
  values: { externalId?: string; employeeNumber?: string },
  options: { connectionId?: string; email?: string } = {},
) => {
  const id = newId();
  const at = { createdAt: new Date() };
  const email = options.email ?? 'ada@example.test';
  await gate.db.person.create({
    data: {
      id,
      email,
      name: 'Ada',
      ...at,
      scimUser: {
        create: {
          connectionId: options.connectionId ?? connectionId,
          ...values,
          userName: `${id}@example.test`,
          userNameFolded: id,
          attributes: {},
          ...at,
          updatedAt: new Date(),
        },
      },
    },
  });
  return id;
};
const signIn = async () => {
  const visitor = new Visitor(gate.origin);
  const url = await visitor.signIn('/', issuerId);
  const { status, body } = await answerOf(visitor.send('GET', '/api/v1/session'));
  return status === 200 ? (body['person'] as { id: string }).id : url.search;
};
const identitiesOf = (personId: string) => gate.db.personIdentity.findMany({ where: { personId } });
const UNKNOWN = '?signInError=unknown_person';

describe('somebody from SCIM at their first sign-in', () => {
  it('is met by the declared claim, once, and the ledger has it', async () => {
    const id = await provisioned({ externalId: OID });
    const subject = nextSubject();
    idp.claims = { oid: OID };
    const before = await readEpochSections(gate.db);
    expect(await signIn()).toBe(id);
    expect(await identitiesOf(id)).toMatchObject([
      { issuer: idp.issuer, subject, linkedBy: 'claim' },
    ]);
    const entries = await gate.db.ledgerEntry.findMany({
      where: { type: 'link-identity', subjectId: id },
    });
    expect(entries).toMatchObject([
      {
        actorKind: 'system',
        data: { outcome: 'succeeded', facts: { attribute: 'external_id', connectionId } },
      },
    ]);
    const after = await readEpochSections(gate.db);
    expect(after.people).toBeGreaterThan(before.people);
    expect(after.registry).toBe(before.registry);
    // From then on it is (issuer, subject) alone: the claim may be gone.
    idp.claims = {};
    expect(await signIn()).toBe(id);
    expect(await identitiesOf(id)).toHaveLength(1);
  });

  it('is met by the employee number where that is declared', async () => {
    const other = await addIdp(gate, admin, {
      signIn: { linkClaim: 'employee_id', linkAttribute: 'employee_number' },
    });
    const id = await provisioned(
      { employeeNumber: '00042' },
      { connectionId: await addConnection(other.issuerId) },
    );
    other.idp.account = 'somebody';
    const visitor = new Visitor(gate.origin);
    other.idp.claims = { employee_id: 42 };
    expect((await visitor.signIn('/', other.issuerId)).search).toBe(UNKNOWN);
    other.idp.claims = { employee_id: '42' };
    expect((await visitor.signIn('/', other.issuerId)).search).toBe(UNKNOWN);
    other.idp.claims = { employee_id: '00042' };
    expect((await visitor.signIn('/', other.issuerId)).search).toBe('');
    expect(await identitiesOf(id)).toHaveLength(1);
    await other.idp.close();
  });

  it('is met once when two browsers come at the same time', async () => {
    const id = await provisioned({ externalId: OID });
    nextSubject();
    idp.claims = { oid: OID };
    expect(await Promise.all([signIn(), signIn(), signIn()])).toEqual([id, id, id]);
    expect(await identitiesOf(id)).toHaveLength(1);
  });
});

describe('somebody who is linked', () => {
  it('is not linked at another issuer, whatever issuer the connection names', async () => {
    const id = await provisioned({ externalId: OID });
    nextSubject();
    idp.claims = { oid: OID };
    expect(await signIn()).toBe(id);
    const signInRule = { linkClaim: 'oid', linkAttribute: 'external_id' };
    const rogue = await addIdp(gate, admin, { signIn: signInRule });
    const path = `/api/v1/scim-connections/${connectionId}`;
    const turned = await agreed(gate, admin.write('PATCH', path, { issuerId: rogue.issuerId }));
    expect(turned.status).toBe(200);
    // The readers are told: from then on another issuer says who these people are.
    expect(await gate.db.alert.count({ where: { subjectId: connectionId } })).toBe(1);
    rogue.idp.account = 'mallory';
    rogue.idp.claims = { oid: OID };
    const visitor = new Visitor(gate.origin);
    expect((await visitor.signIn('/', rogue.issuerId)).search).toBe(UNKNOWN);
    expect(await identitiesOf(id)).toHaveLength(1);
    // A company that moves to another IdP retires the old one; then the new one links them.
    const retire = `/api/v1/issuers/${issuerId}/retire`;
    await admin.write('POST', retire, { reason: 'we moved' });
    expect((await visitor.signIn('/', rogue.issuerId)).search).toBe('');
    await gate.db.issuer.update({ where: { id: issuerId }, data: { retiredAt: null } });
    await signEverything(gate.db);
    await agreed(gate, admin.write('PATCH', path, { issuerId }));
    await rogue.idp.close();
  });
});

describe('nobody is linked', () => {
  it.each([
    ['in other letters', OID.toUpperCase()],
    ['with a space', `${OID} `],
    ['with an invisible letter', `${OID}\u200b`],
    ['with a look-alike letter', OID.replace('e', '\u0435')],
    ['in full-width letters', OID.replace('3', '\uff13')],
    ['by a part of it', OID.slice(0, 8)],
    ['as a pattern', '%'],
    ['as a number', 3],
    ['in a list', [OID]],
    ['in an object', { value: OID }],
    ['as nothing', null],
    ['as no text', ''],
    ['as true', true],
    ['too long', OID.repeat(10)],
    ['with NUL', `${OID}\0`],
    ['as SQL', `${OID}' OR '1'='1`],
  ])('by the claim %s', async (_, oid) => {
    const id = await provisioned({ externalId: OID });
    nextSubject();
    idp.claims = { oid };
    // A claim of another type than it has rejects the ID token as a whole.
    expect(await signIn()).toBe(typeof oid === 'string' ? UNKNOWN : '?signInError=failed');
    expect(await identitiesOf(id)).toEqual([]);
  });

  it('by the claim that is only their e-mail, name, user name or subject', async () => {
    const id = await provisioned({ externalId: OID }, { email: 'ada@example.test' });
    for (const account of ['ada@example.test', 'Ada', OID, `${id}@example.test`, id]) {
      idp.account = account;
      idp.claims = { tid: OID, employee_id: OID };
      expect(await signIn()).toBe(UNKNOWN);
    }
    expect(await identitiesOf(id)).toEqual([]);
  });

  it('by the other attribute', async () => {
    const id = await provisioned({ externalId: 'other', employeeNumber: OID });
    nextSubject();
    idp.claims = { oid: OID };
    expect(await signIn()).toBe(UNKNOWN);
    expect(await identitiesOf(id)).toEqual([]);
  });

  it('whom another issuer’s connection provisioned, or one without an issuer', async () => {
    const environment = newId();
    await gate.db.issuer.create({
      data: {
        id: environment,
        url: gate.idp.issuer,
        name: 'main',
        audiences: ['a'],
        algorithms: ['ES256'],
        profile: 'jwt',
        clockToleranceSeconds: 5,
        createdAt: new Date(),
      },
    });
    await signEverything(gate.db);
    for (const ofIssuer of [environment, null]) {
      const connection = await addConnection(ofIssuer);
      const id = await provisioned({ externalId: OID }, { connectionId: connection });
      nextSubject();
      idp.claims = { oid: OID };
      expect(await signIn()).toBe(UNKNOWN);
      expect(await identitiesOf(id)).toEqual([]);
    }
  });

  it('when two people of the issuer have the same value', async () => {
    const first = await provisioned({ externalId: OID });
    const again = await provisioned(
      { externalId: OID },
      { connectionId: await addConnection(issuerId) },
    );
    nextSubject();
    idp.claims = { oid: OID };
    expect(await signIn()).toBe(UNKNOWN);
    // Not even when the other one is gone but still there.
    await gate.db.person.update({ where: { id: again }, data: { disabledAt: new Date() } });
    expect(await signIn()).toBe(UNKNOWN);
    expect([...(await identitiesOf(first)), ...(await identitiesOf(again))]).toEqual([]);
  });

  it('who was deactivated', async () => {
    const id = await provisioned({ externalId: OID });
    await gate.db.person.update({ where: { id }, data: { disabledAt: new Date() } });
    nextSubject();
    idp.claims = { oid: OID };
    expect(await signIn()).toBe(UNKNOWN);
    expect(await identitiesOf(id)).toEqual([]);
  });

  it('who is another subject of the issuer already, and the first one keeps their own', async () => {
    const id = await provisioned({ externalId: OID });
    const first = nextSubject();
    idp.claims = { oid: OID };
    expect(await signIn()).toBe(id);
    nextSubject();
    expect(await signIn()).toBe(UNKNOWN);
    idp.account = first;
    expect(await signIn()).toBe(id);
    expect(await identitiesOf(id)).toHaveLength(1);
  });

  it('where no claim is declared', async () => {
    const plain = await addIdp(gate, admin);
    const connection = await addConnection(plain.issuerId);
    const id = await provisioned({ externalId: OID }, { connectionId: connection });
    plain.idp.account = OID;
    plain.idp.claims = { oid: OID };
    const visitor = new Visitor(gate.origin);
    expect((await visitor.signIn('/', plain.issuerId)).search).toBe(UNKNOWN);
    expect(await identitiesOf(id)).toEqual([]);
    await plain.idp.close();
  });

  it('and an unknown person’s attempts are counted, not recorded', async () => {
    const before = await gate.db.ledgerEntry.count({ where: { type: 'link-identity' } });
    nextSubject();
    idp.claims = { oid: 'nobody has this' };
    for (let i = 0; i < 5; i += 1) expect(await signIn()).toBe(UNKNOWN);
    expect(await gate.db.ledgerEntry.count({ where: { type: 'link-identity' } })).toBe(before);
  });
});
