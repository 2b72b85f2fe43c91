import { createTestDatabase, createTestOrganisation, type TestDatabase } from '#libs/dev/testing';
import { HOUR_MS, newId, type Role } from '#libs/platform/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerOf } from './fixtures/answers.js';
import { SETTINGS, SIGN_IN } from './fixtures/issuers.js';
import { newcomer, signedInAs } from './fixtures/signed-in.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import type { Visitor } from './fixtures/visitor.js';

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

let issuerId: string;
let url: string;
const note = 'agreed on the phone';
const NEW_KEYS = { keysUrl: 'https://keys.example.com/jwks', reason: 'they moved' };

/** An issuer on whose word somebody's identity depends. */
beforeEach(async () => {
  url = `https://${newId()}.example.com`;
  const organisation = createTestOrganisation(gate.db);
  issuerId = await organisation.addIssuer({ ...SETTINGS, url });
  const { id: personId } = await organisation.addPerson([]);
  const identity = { issuer: url, subject: newId(), personId };
  await gate.db.personIdentity.create({
    data: { ...identity, linkedAt: new Date(), linkedBy: 'added' },
  });
});

const change = (visitor: Visitor, body: object = NEW_KEYS) =>
  answerOf(visitor.write('PATCH', `/api/v1/issuers/${issuerId}`, body));
const proposedBy = async (visitor: Visitor, body?: object): Promise<string> => {
  const { status, body: answer, text } = await change(visitor, body);
  if (status !== 202) throw new Error(text);
  return (answer['proposedChange'] as { id: string }).id;
};
const decide = (visitor: Visitor, id: string, verb: 'confirm' | 'reject' | 'withdraw') =>
  answerOf(visitor.write('POST', `/api/v1/proposed-changes/${id}/${verb}`, { note }));
const keysUrl = async () =>
  (await gate.db.issuer.findUniqueOrThrow({ where: { id: issuerId } })).keysUrl;
const entries = (type: string) =>
  gate.db.ledgerEntry.findMany({
    where: { type, subjectId: issuerId },
    orderBy: { id: 'asc' },
  });
const see = async (visitor: Visitor, id: string) =>
  (await answerOf(visitor.send('GET', `/api/v1/proposed-changes/${id}`))).body;

describe('a change of trust in an issuer', () => {
  it('waits for a second person, and says so in the ledger', async () => {
    const { visitor, id: proposerId } = await signedInAs(gate, 'it');
    const { visitor: security, id: confirmerId } = await signedInAs(gate, 'security');
    const answer = await change(visitor);
    expect(answer).toMatchObject({
      status: 202,
      body: { proposedChange: { explanation: expect.stringContaining('1 person') as string } },
    });
    expect(await keysUrl()).toBeNull();
    const { id } = answer.body['proposedChange'] as { id: string };
    expect(await see(security, id)).toMatchObject({
      command: 'change-issuer',
      state: 'open',
      canConfirm: true,
      proposedBy: { id: proposerId },
      effect: { changes: { before: { keysUrl: null }, after: { keysUrl: NEW_KEYS.keysUrl } } },
      reason: NEW_KEYS.reason,
    });
    expect((await decide(security, id, 'confirm')).status).toBe(200);
    expect(await keysUrl()).toBe(NEW_KEYS.keysUrl);
    expect(await entries('change-issuer')).toMatchObject([
      { actorId: proposerId, data: { outcome: 'proposed', facts: { proposedChangeId: id } } },
      {
        actorId: confirmerId,
        data: { outcome: 'succeeded', facts: { proposedChangeId: id, proposedById: proposerId } },
      },
    ]);
    expect(await see(visitor, id)).toMatchObject({
      state: 'done',
      decidedBy: { id: confirmerId },
      decisionNote: note,
    });
  });

  it('is done at once while nobody depends on the issuer, or when only its name changes', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    expect((await change(visitor, { name: 'Renamed', reason: 'a nicer name' })).status).toBe(200);
    await gate.db.personIdentity.deleteMany({ where: { issuer: url } });
    expect((await change(visitor)).status).toBe(200);
    expect(await keysUrl()).toBe(NEW_KEYS.keysUrl);
  });

  it('is checked before it waits: what cannot be done is no proposal', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    const before = await gate.db.proposedChange.count();
    await gate.db.issuer.update({ where: { id: issuerId }, data: { retiredAt: new Date() } });
    expect((await change(visitor)).status).toBe(409);
    expect(await gate.db.proposedChange.count()).toBe(before);
    expect(await entries('change-issuer')).toMatchObject([{ data: { outcome: 'rejected' } }]);
  });

  it('covers its sign-in and its restoration', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    const { visitor: security } = await signedInAs(gate, 'security');
    const address = `/api/v1/issuers/${issuerId}`;
    const configured = await answerOf(visitor.write('PUT', `${address}/sign-in`, SIGN_IN));
    expect(configured.status).toBe(202);
    expect(configured.text).not.toContain(SIGN_IN.clientSecret);
    const { id } = configured.body['proposedChange'] as { id: string };
    expect(JSON.stringify(await see(security, id))).not.toContain(SIGN_IN.clientSecret);
    const { clientSecret: _, ...after } = SIGN_IN;
    expect(await see(security, id)).toMatchObject({ effect: { changes: { before: null, after } } });
    expect((await decide(security, id, 'confirm')).status).toBe(200);
    const retired = await answerOf(visitor.write('POST', `${address}/retire`, { reason: 'gone' }));
    expect(retired.status).toBe(200);
    const restored = visitor.write('POST', `${address}/restore`, { reason: 'back' });
    expect((await answerOf(restored)).status).toBe(202);
  });
});

describe('a proposed change is not confirmed', () => {
  it('by the person who proposed it, with whatever roles', async () => {
    const { visitor } = await signedInAs(gate, 'it', 'security', 'grc', 'owner', 'emergency');
    const id = await proposedBy(visitor);
    expect(await decide(visitor, id, 'confirm')).toMatchObject({ status: 403 });
    expect(await keysUrl()).toBeNull();
    expect((await entries('change-issuer')).at(-1)).toMatchObject({
      data: { outcome: 'rejected' },
    });
  });

  it.each<[string, Role[]]>([
    ['an auditor', ['grc']],
    ['somebody with no role', []],
    ['the emergency role', ['emergency']],
    ['the owner', ['owner']],
  ])('by %s', async (_, roles) => {
    const { visitor } = await signedInAs(gate, 'it');
    await signedInAs(gate, 'security');
    const id = await proposedBy(visitor);
    const other = await signedInAs(gate, ...roles);
    expect((await decide(other.visitor, id, 'confirm')).status).toBe(403);
    expect(await keysUrl()).toBeNull();
  });

  it('by somebody whose role is too new, nor proposed by one', async () => {
    const { visitor, id: proposerId } = await signedInAs(gate, 'it');
    const fresh = await newcomer(gate, { roles: ['security', 'it'], madeBy: proposerId });
    const id = await proposedBy(visitor);
    expect(await decide(fresh.visitor, id, 'confirm')).toMatchObject({
      status: 403,
      text: expect.stringContaining('too newly') as string,
    });
    expect((await change(fresh.visitor)).status).toBe(403);
  });

  it('when its author lost the role, left, or was signed out everywhere', async () => {
    const { visitor: security } = await signedInAs(gate, 'security');
    const loses = await signedInAs(gate, 'it');
    const losing = await proposedBy(loses.visitor);
    await gate.db.personRole.deleteMany({ where: { personId: loses.id } });
    expect((await decide(security, losing, 'confirm')).status).toBe(409);

    const leaves = await signedInAs(gate, 'it');
    const leaving = await proposedBy(leaves.visitor);
    await gate.db.person.update({ where: { id: leaves.id }, data: { disabledAt: new Date() } });
    expect((await decide(security, leaving, 'confirm')).status).toBe(409);

    const stolen = await signedInAs(gate, 'it');
    const byThief = await proposedBy(stolen.visitor);
    const revocation = `/api/v1/people/${stolen.id}/revoke-access`;
    const revoked = security.write('POST', revocation, { reason: 'stolen session' });
    expect((await answerOf(revoked)).status).toBe(200);
    expect(await see(security, byThief)).toMatchObject({ state: 'withdrawn' });
    expect((await decide(security, byThief, 'confirm')).status).toBe(409);
    expect(await keysUrl()).toBeNull();
  });

  it('once what it is about was changed, it expired, or was decided', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    const { visitor: security } = await signedInAs(gate, 'security');
    const changed = await proposedBy(visitor);
    const renamed = await change(visitor, { name: 'Another name', reason: 'renamed' });
    expect(renamed.status).toBe(200);
    expect(await decide(security, changed, 'confirm')).toMatchObject({
      status: 409,
      text: expect.stringContaining('was changed since') as string,
    });

    const rejected = await proposedBy(visitor);
    expect((await decide(security, rejected, 'reject')).status).toBe(200);
    expect((await decide(security, rejected, 'confirm')).status).toBe(409);

    const withdrawn = await proposedBy(visitor);
    expect((await decide(visitor, withdrawn, 'withdraw')).status).toBe(200);
    expect((await decide(security, withdrawn, 'confirm')).status).toBe(409);

    const expired = await proposedBy(visitor);
    gate.pass(7 * 24 * HOUR_MS + 1);
    const late = await signedInAs(gate, 'security');
    const answer = await decide(late.visitor, expired, 'confirm');
    gate.pass(-7 * 24 * HOUR_MS - 1);
    expect(answer.text).toContain('not confirmed in time');
    expect(await keysUrl()).toBeNull();
  });

  it('twice, however many confirm it at the same time', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    const second = await Promise.all(
      [1, 2, 3, 4].map(async () => (await signedInAs(gate, 'security')).visitor),
    );
    const id = await proposedBy(visitor);
    const answers = await Promise.all(second.map((one) => decide(one, id, 'confirm')));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409]);
    const done = (await entries('change-issuer')).filter(
      ({ data }) => (data as { outcome: string }).outcome === 'succeeded',
    );
    expect(done).toHaveLength(1);
  });

  it.each([
    ['other confirmers', `confirmer_ids = ARRAY[$2::uuid], confirmer_roles = '{}'`],
    ['another author', 'proposed_by_id = $2::uuid'],
  ])('when the database was written: %s', async (_, change_) => {
    const { visitor } = await signedInAs(gate, 'it');
    await signedInAs(gate, 'security');
    const id = await proposedBy(visitor);
    const insider = await signedInAs(gate, 'office');
    const confirmer = change_.startsWith('proposed') ? await signedInAs(gate, 'security') : insider;
    await database.asSuperuser(`UPDATE proposed_change SET ${change_} WHERE id = $1`, [
      id,
      insider.id,
    ]);
    const { status } = await decide(confirmer.visitor, id, 'confirm');
    expect(status).toBeGreaterThanOrEqual(400);
    expect(await keysUrl()).toBeNull();
  });

  it('by its author alone when the database was written to say so', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    const id = await proposedBy(visitor);
    await database.asSuperuser(
      'UPDATE proposed_change SET alone_from = $2::timestamptz WHERE id = $1',
      [id, '2020-01-01T00:00:00Z'],
    );
    expect((await decide(visitor, id, 'confirm')).status).toBeGreaterThanOrEqual(400);
    expect(await keysUrl()).toBeNull();
  });

  it('when the database was written: another input', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    const { visitor: security } = await signedInAs(gate, 'security');
    const good = await proposedBy(visitor);
    const bad = await proposedBy(visitor, { ...NEW_KEYS, keysUrl: 'https://evil.example.com/' });
    const sealed = await gate.db.proposedChange.findUniqueOrThrow({ where: { id: bad } });
    await database.asSuperuser('UPDATE proposed_change SET sealed_content = $2 WHERE id = $1', [
      good,
      sealed.sealedContent,
    ]);
    expect(await see(security, good)).toMatchObject({ effect: null });
    expect((await decide(security, good, 'confirm')).status).toBeGreaterThanOrEqual(400);
    expect(await keysUrl()).toBeNull();
  });
});

describe('who sees a proposed change', () => {
  it('is its author, IT, security and auditors, and nobody else', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    const id = await proposedBy(visitor);
    for (const role of ['it', 'security', 'grc'] as const) {
      const reader = await signedInAs(gate, role);
      expect(await see(reader.visitor, id)).toMatchObject({ id });
    }
    const office = await signedInAs(gate, 'office');
    const hidden = await answerOf(office.visitor.send('GET', `/api/v1/proposed-changes/${id}`));
    expect(hidden.status).toBe(404);
    const list = await answerOf(office.visitor.send('GET', '/api/v1/proposed-changes'));
    expect(list.body).toMatchObject({ items: [], total: 0 });
  });

  it('is told which ones wait for them: those that they can confirm', async () => {
    const { visitor: author, id: authorId } = await signedInAs(gate, 'it');
    const fresh = await newcomer(gate, { roles: ['security'], madeBy: authorId });
    const settled = await signedInAs(gate, 'security', 'it');
    const concerned = await signedInAs(gate, 'it');
    const [first, second, decided, expired] = [
      await proposedBy(author),
      await proposedBy(settled.visitor),
      await proposedBy(author),
      await proposedBy(author),
    ];
    expect((await decide(settled.visitor, decided, 'reject')).status).toBe(200);
    await database.asSuperuser(
      'UPDATE proposed_change SET concerned_ids = ARRAY[$2::uuid] WHERE id = $1',
      [first, concerned.id],
    );
    await database.asSuperuser(
      'UPDATE proposed_change SET expires_at = $2::timestamptz WHERE id = $1',
      [expired, '2020-01-01T00:00:00Z'],
    );
    const about = new Set([first, second, decided, expired]);
    const idsOf = async ({ visitor }: { visitor: Visitor }, query: string) => {
      const path = `/api/v1/proposed-changes?perPage=100&${query}`;
      const { body } = await answerOf(visitor.send('GET', path));
      return (body['items'] as { id: string; canConfirm: boolean }[]).filter(({ id }) =>
        about.has(id),
      );
    };
    const waiting = [];
    for (const reader of [{ visitor: author }, fresh, settled, concerned]) {
      const mine = (await idsOf(reader, 'state=to_confirm')).map(({ id }) => id);
      const all = await idsOf(reader, 'state=all');
      expect(mine).toEqual(all.filter(({ canConfirm }) => canConfirm).map(({ id }) => id));
      waiting.push(mine);
    }
    expect(waiting).toEqual([[second], [], [first], [second]]);
  });
});
