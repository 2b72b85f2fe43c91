import { createTestDatabase, createTestOrganisation, type TestDatabase } from '#libs/dev/testing';
import { HOUR_MS, newId, type Role } from '#libs/platform/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerOf } from './fixtures/answers.js';
import { SETTINGS } from './fixtures/issuers.js';
import { newcomer, signedInAs, type SignedIn } from './fixtures/signed-in.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import { Visitor } from './fixtures/visitor.js';

// Where fewer than two settled people exist a change waits a stated time, everybody is told, and who depends on what it
// changes counts as nobody's second person (ADR 25).

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

let passed = 0;
let lone: SignedIn;
let issuerId: string;
let url: string;
beforeEach(async () => {
  gate.pass(-passed);
  passed = 0;
  await gate.db.person.updateMany({ data: { disabledAt: new Date() } });
  lone = await signedInAs(gate, 'it');
  url = `https://${newId()}.example.com`;
  const organisation = createTestOrganisation(gate.db);
  issuerId = await organisation.addIssuer({ ...SETTINGS, url });
  await dependsOnIt((await organisation.addPerson([])).id);
});

const pass = async (hours: number, ...everybody: SignedIn[]): Promise<void> => {
  gate.pass(hours * HOUR_MS);
  passed += hours * HOUR_MS;
  for (const one of everybody) {
    const { subject } = await gate.db.personIdentity.findFirstOrThrow({
      where: { personId: one.id, issuer: gate.idp.issuer },
    });
    gate.idp.account = subject;
    one.visitor = new Visitor(gate.origin);
    await one.visitor.signIn();
  }
};
/** They show who they are by the issuer that is changed, too. */
const dependsOnIt = (personId: string) =>
  gate.db.personIdentity.create({
    data: { issuer: url, subject: newId(), personId, linkedAt: new Date(), linkedBy: 'added' },
  });
/** Somebody to whom another gave a role so many hours ago. */
const givenRole = (role: Role, hoursAgo: number) =>
  newcomer(gate, { roles: [role], madeBy: lone.id, at: new Date(Date.now() - hoursAgo * HOUR_MS) });

const NEW_KEYS = { keysUrl: 'https://keys.example.com/jwks', reason: 'they moved' };
const propose = async (by = lone): Promise<string> => {
  const { status, text, body } = await answerOf(
    by.visitor.write('PATCH', `/api/v1/issuers/${issuerId}`, NEW_KEYS),
  );
  if (status !== 202) throw new Error(text);
  return (body['proposedChange'] as { id: string }).id;
};
const decide = (by: SignedIn, id: string, verb: 'confirm' | 'reject' | 'withdraw') =>
  answerOf(
    by.visitor.write('POST', `/api/v1/proposed-changes/${id}/${verb}`, { note: 'looked at it' }),
  );
const keysUrl = async () =>
  (await gate.db.issuer.findUniqueOrThrow({ where: { id: issuerId } })).keysUrl;
const alertsOf = (id: string) => gate.db.alert.findMany({ where: { subjectId: id } });
const coolingOff = async ({ visitor }: SignedIn) =>
  (
    (await answerOf(visitor.send('GET', '/api/v1/session'))).body['coolingOffRoles'] as {
      role: string;
    }[]
  ).map(({ role }) => role);

describe('a change that nobody else can confirm', () => {
  it('waits for the cooling-off period, and everybody is told who, what and when', async () => {
    const id = await propose();
    const { aloneFrom } = await gate.db.proposedChange.findUniqueOrThrow({ where: { id } });
    const [alert] = await alertsOf(id);
    expect(alert).toMatchObject({ kind: 'change_waits_alone', byId: lone.id });
    for (const part of ['change-issuer', aloneFrom?.toISOString() ?? 'never'])
      expect(alert?.message).toContain(part);
    const auditor = await signedInAs(gate, 'grc');
    const seen = await answerOf(auditor.visitor.send('GET', '/api/v1/alerts'));
    expect(seen.text).toContain('change_waits_alone');
    expect((await decide(lone, id, 'confirm')).status).toBe(403);
    await pass(23, lone);
    expect((await decide(lone, id, 'confirm')).status).toBe(403);
    expect(await keysUrl()).toBeNull();
    await pass(1.1, lone);
    expect((await decide(lone, id, 'confirm')).status).toBe(200);
    expect(await keysUrl()).toBe(NEW_KEYS.keysUrl);
  });

  it('is so however new a colleague its author made: they neither end that nor confirm it', async () => {
    const puppet = await givenRole('security', 1);
    const id = await propose();
    expect(await alertsOf(id)).toHaveLength(1);
    expect((await decide(puppet, id, 'confirm')).status).toBe(403);
    const [alert] = await alertsOf(id);
    const acknowledge = `/api/v1/alerts/${alert?.id ?? ''}/acknowledge`;
    const answer = await puppet.visitor.write('POST', acknowledge, { note: 'fine' });
    expect(answer.status).toBe(403);
    await pass(23.5, lone, puppet);
    // By now the newcomer's role has cooled off: two people exist, and both must agree.
    await pass(1, lone, puppet);
    expect((await decide(lone, id, 'confirm')).status).toBe(403);
    expect(await keysUrl()).toBeNull();
    expect((await decide(puppet, id, 'confirm')).status).toBe(200);
  });

  it('is none where a settled colleague exists', async () => {
    await givenRole('security', 25);
    expect(await alertsOf(await propose())).toEqual([]);
  });
});

describe('the wait of a change for its author alone', () => {
  it('keeps who depends on what it changes from being a second person, but not its author', async () => {
    const colleague = await givenRole('security', 23);
    await dependsOnIt(colleague.id);
    await dependsOnIt(lone.id);
    const id = await propose();
    await pass(2, lone, colleague);
    expect(await coolingOff(colleague)).toEqual(['security']);
    expect(await coolingOff(lone)).toEqual([]);
    expect((await decide(colleague, id, 'confirm')).status).toBe(403);
    await pass(23, lone, colleague);
    // They exist, so its author does not carry it out alone either.
    expect((await decide(lone, id, 'confirm')).status).toBe(403);
    expect(await keysUrl()).toBeNull();
    expect((await decide(colleague, id, 'reject')).status).toBe(200);
    expect(await coolingOff(colleague)).toEqual([]);
    const again = await propose();
    expect(await alertsOf(again)).toEqual([]);
    expect((await decide(colleague, again, 'confirm')).status).toBe(200);
  });

  it('keeps nobody else from it', async () => {
    const colleague = await givenRole('security', 23);
    await propose();
    await pass(2, colleague);
    expect(await coolingOff(colleague)).toEqual([]);
  });

  it('ends with the proposal: nobody is kept from their work for longer', async () => {
    const colleague = await givenRole('security', 23);
    await dependsOnIt(colleague.id);
    await propose();
    await pass(7 * 24 + 1, colleague);
    expect(await coolingOff(colleague)).toEqual([]);
  });
});

describe('after a change that its author carried out alone', () => {
  it('who depends on what it changed cools off', async () => {
    const id = await propose();
    await pass(24.1, lone);
    expect((await decide(lone, id, 'confirm')).status).toBe(200);
    const colleague = await givenRole('security', 100);
    await dependsOnIt(colleague.id);
    await pass(0.1, colleague);
    expect(await coolingOff(colleague)).toEqual(['security']);
    await pass(24, colleague);
    expect(await coolingOff(colleague)).toEqual([]);
  });
});
