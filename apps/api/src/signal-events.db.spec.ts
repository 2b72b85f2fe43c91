import type { TestIdp } from '#libs/dev/testing';
import { readEpoch } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CAEP, SignalSuite } from './fixtures/signal-suite.fixture.js';
import type { TestApi } from './fixtures/test-api.js';

const RISC = 'https://schemas.openid.net/secevent/risc/event-type/';

let suite: SignalSuite;
let gate: TestApi;
let idp: TestIdp;
let issuerId: string;
let personId: string;
let agentId: string;

beforeAll(async () => {
  suite = await SignalSuite.open();
  ({ gate, idp, issuerId } = suite);
});
afterAll(() => suite.close());
beforeEach(async () => {
  await suite.newSubjects();
  ({ personId, agentId } = suite);
});

/** What came of the newest signal, and whether the person lost anything. */
const outcomeOf = async (claims: object): Promise<string> => {
  const alerts = await gate.db.alert.count({ where: { subjectId: personId } });
  const jti = newId();
  const { status } = await suite.push(await suite.setOf({ claims: { jti, ...claims } }));
  if (status !== 202) return `answered ${status}`;
  const { effect } = await gate.db.receivedSignal.findFirstOrThrow({ where: { tokenId: jti } });
  const alerted = (await gate.db.alert.count({ where: { subjectId: personId } })) > alerts;
  const isRevoked = (await suite.revokedBefore()) !== null;
  return `${effect}${isRevoked ? ', access ended' : ''}${alerted ? ', alert' : ''}`;
};

const REVOKED = 'revoked, access ended, alert';
const ALERTED = 'alerted, alert';

describe('an event', () => {
  it.each<[string, object, string]>([
    [`${CAEP}session-revoked`, {}, REVOKED],
    // A new passkey is no loss of credentials.
    [
      `${CAEP}credential-change`,
      { credential_type: 'fido2-roaming', change_type: 'create' },
      'ignored',
    ],
    [
      `${CAEP}credential-change`,
      { credential_type: 'fido2-roaming', change_type: 'revoke' },
      REVOKED,
    ],
    [`${CAEP}credential-change`, { credential_type: 'password', change_type: 'update' }, REVOKED],
    [`${CAEP}credential-change`, { credential_type: 'pin', change_type: 'delete' }, REVOKED],
    [`${CAEP}credential-change`, { credential_type: 'pin', change_type: 'CREATE' }, REVOKED],
    [`${CAEP}credential-change`, {}, REVOKED],
    [`${CAEP}device-compliance-change`, { current_status: 'compliant' }, 'ignored'],
    [`${CAEP}device-compliance-change`, { current_status: 'not-compliant' }, REVOKED],
    [`${CAEP}risk-level-change`, { principal: 'USER', current_level: 'LOW' }, 'ignored'],
    [`${CAEP}risk-level-change`, { principal: 'USER', current_level: 'MEDIUM' }, ALERTED],
    [`${CAEP}risk-level-change`, { principal: 'USER', current_level: 'HIGH' }, REVOKED],
    [`${CAEP}risk-level-change`, { principal: 'USER' }, REVOKED],
    [`${CAEP}assurance-level-change`, { change_direction: 'increase' }, 'ignored'],
    [`${CAEP}assurance-level-change`, { change_direction: 'decrease' }, ALERTED],
    [`${CAEP}assurance-level-change`, {}, ALERTED],
    [`${CAEP}token-claims-change`, { claims: { role: 'ro-admin' } }, ALERTED],
    [`${CAEP}session-established`, {}, 'ignored'],
    [`${CAEP}session-presented`, {}, 'ignored'],
    [`${RISC}account-disabled`, { reason: 'hijacking' }, REVOKED],
    [`${RISC}account-purged`, {}, REVOKED],
    [`${RISC}credential-compromise`, { credential_type: 'password' }, REVOKED],
    [`${RISC}sessions-revoked`, {}, REVOKED],
    [`${RISC}account-credential-change-required`, {}, ALERTED],
    [`${RISC}identifier-recycled`, {}, ALERTED],
    [`${RISC}recovery-activated`, {}, ALERTED],
    [`${RISC}recovery-information-changed`, {}, ALERTED],
    [`${RISC}account-enabled`, {}, 'ignored'],
    [`${RISC}identifier-changed`, { 'new-value': 'x@example.test' }, 'ignored'],
    [`${RISC}opt-out-effective`, {}, 'ignored'],
    [`${RISC}account-deleted`, {}, 'answered 400'],
    [`${CAEP}account-disabled`, {}, 'answered 400'],
    ['__proto__', {}, 'answered 400'],
  ])('%s %j has a stated effect: %s', async (event, payload, expected) => {
    expect(await outcomeOf({ events: { [event]: payload } })).toBe(expected);
  });

  it('that only alerts moves no epoch and suspends no agent', async () => {
    const epoch = await readEpoch(gate.db);
    const sub_id = { format: 'iss_sub', iss: idp.issuer, sub: agentId };
    const events = { [`${RISC}recovery-activated`]: {} };
    expect(await suite.push(await suite.setOf({ claims: { sub_id, events } }))).toMatchObject({
      status: 202,
    });
    expect(await suite.agentState()).toBe('active');
    expect(await gate.db.alert.count({ where: { subjectId: agentId } })).toBe(1);
    expect(await readEpoch(gate.db)).toBe(epoch);
  });
});

describe('a subject by aliases', () => {
  const UNKNOWN = 'unknown_subject';
  const me = () => suite.nameOf(personId);
  const foreign = { format: 'iss_sub', iss: 'https://other.example.test', sub: 'x' };
  const phone = { format: 'phone_number', phone_number: '+12065550100' };
  const aliases = (...identifiers: object[]) => ({ sub_id: { format: 'aliases', identifiers } });

  it('is found by any of them that is the issuer’s own', async () => {
    expect(await outcomeOf(aliases(foreign, phone, await me()))).toBe(REVOKED);
  });

  it('is found when it is the user of a complex one', async () => {
    const sub_id = { format: 'complex', user: aliases(phone, await me()).sub_id };
    expect(await outcomeOf({ sub_id })).toBe(REVOKED);
  });

  it('is nobody when two people are named', async () => {
    const other = await suite.newPerson();
    const their = await suite.nameOf(other);
    expect(await outcomeOf(aliases(await me(), their))).toBe(UNKNOWN);
  });

  it.each([
    ['none of them is the issuer’s own', () => aliases(foreign, phone)],
    ['there is none', () => aliases()],
    ['one is of another form', () => aliases({ format: 'aliases', identifiers: [foreign] })],
    ['there are too many', () => aliases(...Array.from({ length: 11 }, () => foreign))],
  ])('is nobody when %s', async (_name, claims) => {
    expect(await outcomeOf(claims())).toBe(UNKNOWN);
  });
});

describe('a subject by e-mail address', () => {
  const UNKNOWN = 'unknown_subject';
  const trustEmail = (signalsByEmail: boolean) =>
    gate.db.issuer.update({ where: { id: issuerId }, data: { signalsByEmail } });
  const named = (email: string) => ({ sub_id: { format: 'email', email } });
  const withEmail = (id: string, email: string) =>
    gate.db.person.update({ where: { id }, data: { email } });
  let address: string;
  beforeEach(async () => {
    address = `p-${personId}@Example.test`;
    await withEmail(personId, address);
  });
  afterEach(() => trustEmail(false));

  it('is nobody unless the issuer is trusted for it', async () => {
    expect(await outcomeOf(named(address))).toBe(UNKNOWN);
  });

  it('is found where the issuer is trusted for it, whatever the case', async () => {
    await trustEmail(true);
    expect(await outcomeOf(named(address.toUpperCase()))).toBe(REVOKED);
  });

  it('is found among aliases, and gives way to a name that is exact', async () => {
    await trustEmail(true);
    const email = { format: 'email', email: address };
    const other = await suite.newPerson();
    const their = await suite.nameOf(other);
    const both = { sub_id: { format: 'aliases', identifiers: [email, their] } };
    expect(await outcomeOf(both)).toBe('revoked');
    expect(await outcomeOf({ sub_id: { format: 'aliases', identifiers: [email] } })).toBe(REVOKED);
  });

  it('is nobody when two people have it', async () => {
    await trustEmail(true);
    const other = await suite.newPerson();
    await withEmail(other, address.toLowerCase());
    expect(await outcomeOf(named(address))).toBe(UNKNOWN);
  });

  it('is nobody whose address only folds into it', async () => {
    await trustEmail(true);
    // The sign for kelvin, which is a small k in lower case.
    await withEmail(personId, `\u212Aim-${personId}@example.test`);
    expect(await outcomeOf(named(`kim-${personId}@example.test`))).toBe(UNKNOWN);
  });

  it.each([
    ['a pattern', () => '%@example.test'],
    ['a pattern of one letter', () => address.replace('p', '_')],
    ['another alphabet', () => address.replace('a', 'а')],
    ['a name before it', () => `Ada <${address}>`],
    ['a space', () => ` ${address}`],
  ])('is nobody by %s', async (_name, email) => {
    await trustEmail(true);
    expect(await outcomeOf(named(email()))).toBe(UNKNOWN);
  });
});
