import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PEOPLE_POLICY } from '#libs/governance/policies';
import { Setup } from '#libs/directory/roles';
import { rolesOf, status } from './fixtures/answers.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import { Visitor } from './fixtures/visitor.js';

const reason = 'as agreed with everybody';

let database: TestDatabase;
let gate: TestApi;

const signIn = async (subject: string): Promise<Visitor> => {
  gate.idp.account = subject;
  const visitor = new Visitor(gate.origin);
  await visitor.signIn();
  return visitor;
};

describe('a fresh installation', () => {
  beforeEach(async () => {
    database = await createTestDatabase();
    gate = await startTestApi(database.appUrl);
  });
  afterEach(async () => {
    await gate.close();
    await database.drop();
  });

  const codeOf = async () => {
    const made = await gate.api.app.get(Setup).codeForFreshInstallation();
    if (made === null) throw new Error('no code was made');
    return made.code;
  };
  const setupOf = async (visitor: Visitor) =>
    (await (await visitor.send('GET', '/api/v1/setup')).json()) as {
      isOpen: boolean;
      identity: { name: string | null; email: string | null } | null;
      csrfToken: string | null;
    };
  const unknownPerson = async (subject: string) => {
    const visitor = await signIn(subject);
    const { csrfToken } = await setupOf(visitor);
    visitor.csrfToken = csrfToken ?? '';
    return visitor;
  };
  const claim = (visitor: Visitor, code: string) =>
    status(visitor.write('POST', '/api/v1/setup', { code }));

  it('gets its owner by the code, who appoints everybody and is retired', async () => {
    expect(await setupOf(new Visitor(gate.origin))).toMatchObject({
      isOpen: false,
      identity: null,
    });
    const code = await codeOf();
    expect(await gate.api.app.get(Setup).codeForFreshInstallation()).toBeNull();
    const ada = await unknownPerson('ada');
    expect(await setupOf(ada)).toMatchObject({ isOpen: true, identity: { name: null } });
    expect(await status(ada.send('GET', '/api/v1/session'))).toBe(401);
    expect(await gate.db.policy.count()).toBe(0);
    expect(await claim(ada, code)).toBe(200);
    // People may act by agents from the first day, and security sees why.
    const versions = await gate.db.policyVersion.findMany({ include: { policy: true } });
    expect(versions).toMatchObject([
      { state: 'active', text: PEOPLE_POLICY.text, policy: { name: PEOPLE_POLICY.name } },
    ]);
    expect(await claim(await unknownPerson('mallory'), code)).toBe(401);

    const owner = await signIn('ada');
    expect((await rolesOf(owner)).roles).toEqual(['owner']);
    const appointed = ['it', 'security', 'grc', 'developer', 'office', 'it', 'security'] as const;
    for (const [index, role] of appointed.entries()) {
      const subject = index < 5 ? role : `${role}2`;
      const added = await owner.write('POST', '/api/v1/people', {
        issuer: gate.idp.issuer,
        subject,
        email: `${subject}@example.test`,
        name: subject,
        teamIds: [],
      });
      const { id: personId } = (await added.json()) as { id: string };
      const input = { personId, role, reason };
      expect(await status(owner.write('POST', '/api/v1/roles/assignments', input))).toBe(204);
    }
    expect((await rolesOf(owner)).roles).toEqual([]);
    expect((await rolesOf(await signIn('security'))).roles).toEqual(['security']);
    expect(await setupOf(owner)).toMatchObject({ isOpen: false });
  });

  it('lets nobody claim without the code, the IdP, our page or a token', async () => {
    const code = await codeOf();
    const nobody = new Visitor(gate.origin);
    expect(await claim(nobody, code)).toBe(401);
    const ada = await unknownPerson('ada');
    const headers = { origin: 'http://evil.test', 'x-csrf-token': ada.csrfToken };
    expect(await status(ada.send('POST', '/api/v1/setup', { headers, body: { code } }))).toBe(403);
    const ours = { origin: gate.origin, 'x-csrf-token': 'another' };
    expect(await status(ada.send('POST', '/api/v1/setup', { headers: ours, body: { code } }))).toBe(
      403,
    );
    expect(await status(ada.write('POST', '/api/v1/setup', { code, role: 'it' }))).toBe(400);
    for (let attempt = 0; attempt < 10; attempt += 1) expect(await claim(ada, 'GUESS')).toBe(403);
    expect(await claim(ada, code)).toBe(403);
    expect(await gate.db.person.count()).toBe(0);
    expect(await gate.db.policy.count()).toBe(0);
    const entries = await gate.db.ledgerEntry.count({ where: { type: 'claim-ownership' } });
    expect(entries).toBe(10);
  });
});
