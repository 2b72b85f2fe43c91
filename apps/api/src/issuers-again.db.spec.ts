import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { newId } from '#libs/platform/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agreed } from './fixtures/agreed.js';
import { answerOf } from './fixtures/answers.js';
import { addIdp, SETTINGS, SIGN_IN, trustIssuer } from './fixtures/issuers.js';
import { signedInAs } from './fixtures/signed-in.js';
import { addPerson } from './fixtures/people.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import type { TestIdp } from './fixtures/test-idp.js';
import { Visitor } from './fixtures/visitor.js';

// One person retires an issuer at once. Nothing that they do next makes them one of its people.
const LINK = { linkClaim: 'oid', linkAttribute: 'external_id' as const };

let database: TestDatabase;
let gate: TestApi;
beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
});
afterAll(async () => {
  await gate.close();
  await database.drop();
});

let attacker: Visitor;
beforeEach(async () => {
  attacker = (await signedInAs(gate, 'it')).visitor;
});

const trust = (url: string, over: object = {}) => trustIssuer(attacker, { url, ...over });

describe('an address at which people sign in', () => {
  it('is not trusted by one person, who would say whose keys count there', async () => {
    const url = `https://${newId()}.example.com`;
    await addPerson(gate.db, { issuer: url, subject: 'ada', roles: ['security'] });
    const keysUrl = 'https://keys.attacker.example/jwks';
    expect((await trust(url, { keysUrl })).status).toBe(202);
    expect((await trust(gate.idp.issuer, { keysUrl })).status).toBe(202);
    expect(await gate.db.issuer.count()).toBe(0);
    const made = attacker.write('POST', '/api/v1/issuers', { ...SETTINGS, url });
    expect((await agreed(gate, made)).status).toBe(200);
    expect(await gate.db.issuer.count({ where: { url } })).toBe(1);
  });
});

describe('a retired issuer', () => {
  it.each<[string, (host: string) => string]>([
    ['the same address', (host) => `https://${host}`],
    ['a slash at its end', (host) => `https://${host}/`],
    ['capitals', (host) => `https://${host.toUpperCase()}`],
    ['its port spelled out', (host) => `https://${host}:443`],
    ['a last dot', (host) => `https://${host}./`],
  ])('is not trusted anew by %s', async (_, spelled) => {
    const host = `${newId()}.example.com`;
    const { body } = await trust(`https://${host}`);
    const retire = `/api/v1/issuers/${String(body['id'])}/retire`;
    expect((await attacker.write('POST', retire, { reason: 'a slip' })).status).toBe(200);
    const before = await gate.db.issuer.count();
    const again = await trust(spelled(host));
    expect(again).toMatchObject({
      status: 409,
      text: expect.stringContaining('restore') as string,
    });
    expect(await gate.db.issuer.count()).toBe(before);
  });

  describe('whose people the attacker wants to be', () => {
    let idp: TestIdp;
    let other: TestIdp;
    let otherId: string;
    let connectionId: string;
    let officer: string;
    beforeEach(async () => {
      const first = await addIdp(gate, attacker, { signIn: LINK });
      idp = first.idp;
      connectionId = await connect(first.issuerId, 'Directory');
      officer = await provisioned(connectionId, 'oid-of-the-officer');
      await gate.db.personRole.create({ data: { personId: officer, role: 'security' } });
      await gate.db.personIdentity.create({
        data: {
          issuer: idp.issuer,
          subject: 'officer',
          personId: officer,
          linkedAt: new Date(),
          linkedBy: 'claim',
        },
      });
      const retire = `/api/v1/issuers/${first.issuerId}/retire`;
      await attacker.write('POST', retire, { reason: 'a slip' });
      // An issuer of the attacker's own on another port, which says whatever they want.
      ({ idp: other, issuerId: otherId } = await addIdp(gate, attacker, { signIn: LINK }));
      other.account = 'attacker';
      other.claims = { oid: 'oid-of-the-officer' };
      return async () => {
        await idp.close();
        await other.close();
      };
    });

    const connect = async (issuerId: string, name: string): Promise<string> => {
      const body = { name: `${name} ${newId()}`, kind: 'entra', issuerId };
      const made = await answerOf(attacker.write('POST', '/api/v1/scim-connections', body));
      return String(made.body['id']);
    };
    const provisioned = async (connection: string, externalId: string): Promise<string> => {
      const path = `/api/v1/scim-connections/${connection}/tokens`;
      const made = await answerOf(attacker.write('POST', path, { scopes: ['users:write'] }));
      const answer = await fetch(`${gate.origin}/scim/v2/Users`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${String(made.body['token'])}`,
          'content-type': 'application/scim+json',
        },
        body: JSON.stringify({ userName: newId(), externalId }),
      });
      return ((await answer.json()) as { id: string }).id;
    };
    const whoSignsIn = async (): Promise<string | null> => {
      const visitor = new Visitor(gate.origin);
      await visitor.signIn('/', otherId);
      const { status, body } = await answerOf(visitor.send('GET', '/api/v1/session'));
      return status === 200 ? (body['person'] as { id: string }).id : null;
    };

    it('does not hand them to another issuer: the connection stays until a second person agrees', async () => {
      expect(await gate.db.issuer.count({ where: { url: idp.issuer, retiredAt: null } })).toBe(0);
      expect(await whoSignsIn()).toBeNull();
      const path = `/api/v1/scim-connections/${connectionId}`;
      const moved = await answerOf(attacker.write('PATCH', path, { issuerId: otherId }));
      expect(moved.status).toBe(202);
      expect(await whoSignsIn()).toBeNull();
    });

    it('nor by a new connection whose people have the same external ids', async () => {
      const ownId = await provisioned(await connect(otherId, 'Own'), 'oid-of-the-officer');
      expect(await whoSignsIn()).toBe(ownId);
      expect(ownId).not.toBe(officer);
      expect(await gate.db.personRole.count({ where: { personId: ownId } })).toBe(0);
    });

    it('is not restored by one person', async () => {
      const { id } = await gate.db.issuer.findUniqueOrThrow({ where: { url: idp.issuer } });
      const restore = `/api/v1/issuers/${id}/restore`;
      expect((await attacker.write('POST', restore, { reason: 'back' })).status).toBe(202);
      const signIn = `/api/v1/issuers/${id}/sign-in`;
      expect((await attacker.write('PUT', signIn, { ...SIGN_IN, ...LINK })).status).toBe(409);
    });
  });
});
