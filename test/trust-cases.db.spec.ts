import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database, transaction, type Tx } from '#libs/platform/db';
import { SignatureBook, VerificationKeys } from '#libs/engine/record-signatures';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import {
  assertAgentAuthorized,
  assertPersonAuthorized,
  assertTokenAuthorized,
  AuthorizationError,
  identifyAgent,
  namedActor,
  personByDelegation,
  personByToken,
  type KnownBinding,
  type PersonProof,
  type TrustFacts,
} from '#libs/trust/authorization-liveness';
import { TokenError, type VerifiedToken } from '#libs/trust/token-verification';
import {
  RECORD_KEYS,
  signEverything,
} from '../apps/gateway/src/fixtures/sign-everything.fixture.js';
import { ArgumentBinders } from '../libs/gateway/tool-calls/snapshot/argument-binders.js';
import { loadPeople } from '../libs/gateway/tool-calls/snapshot/load-people.js';
import { loadRegistry } from '../libs/gateway/tool-calls/snapshot/load-registry.js';
import { readTrustFacts } from '../libs/trust/token-endpoint/trust/trust-facts.js';
import { ISSUED_AT, NOW, type Presented, type TrustCase } from './support/trust/presented.js';
import { TRUST_CASES } from './support/trust/trust-cases.js';
import { createTrustWorld, IDP, OWN, type TrustWorld } from './support/trust/trust-world.js';

// Trust is evaluated by one set of rules over two views of facts, the gateway's snapshot and the token
// endpoint's rows. Each case runs against both, on the same rows of a real PostgreSQL.

let database: TestDatabase;
let db: Database;
let world: TrustWorld;
let facts: Map<TrustCase, Record<ViewName, Facts>>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.superuserUrl);
  world = await createTrustWorld(db);
  await signEverything(db);
  facts = new Map();
  for (const one of ALL_CASES) facts.set(one, await readFacts(one));
}, 120_000);

afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const ALL_CASES = Object.values(TRUST_CASES).flat();

/** What a view said before the case's change and after it. */
interface Facts {
  readonly before: TrustFacts;
  readonly after: TrustFacts;
}

type View = (tx: Tx, presented: Presented) => Promise<TrustFacts>;

const binders = new ArgumentBinders();
const SIGNED_BY = new VerificationKeys(RECORD_KEYS);
const newBook = () => new SignatureBook(SIGNED_BY);
const readSnapshot: View = async (tx) => ({
  ...(await loadRegistry(tx, binders, { url: OWN, audiences: [OWN] }, newBook())),
  ...(await loadPeople(tx)),
});

const readRows: View = (tx, { token, subject, exchanged }) => {
  const tokens = [token, subject, exchanged].filter((one) => typeof one === 'object');
  const claimed = tokens.flatMap(({ claims }) => claims['delegation_id'] ?? []);
  const asked = {
    tokens,
    actors: tokens.flatMap((one) => namedActor(one) ?? []),
    agentIds: [world.coderId],
    bindingIds: [
      world.keyBindingId,
      world.subjectBindingId,
      world.clientBindingId,
      world.workloadBindingId,
      world.helperSubjectBindingId,
      world.helperClientBindingId,
    ],
    personIds: [world.adaId, world.bobId],
    delegationIds: [...claimed, subject].filter((id) => typeof id === 'string'),
  };
  return readTrustFacts(tx, { url: OWN, signedBy: SIGNED_BY }, asked, NOW);
};

type ViewName = 'the gateway’s snapshot' | 'the token endpoint’s rows';

class Undone extends Error {}

/** Changes the rows as the case says, reads them by both views before and after, and undoes it all. */
const readFacts = async ({ presented, change }: TrustCase): Promise<Record<ViewName, Facts>> => {
  const read = async (tx: Tx) => ({
    snapshot: await readSnapshot(tx, presented(world)),
    rows: await readRows(tx, presented(world)),
  });
  let found: Record<ViewName, Facts> | undefined;
  await transaction(db, async (tx) => {
    const before = await read(tx);
    await change?.(tx, world);
    await signEverything(tx);
    const after = change === undefined ? before : await read(tx);
    found = {
      'the gateway’s snapshot': { before: before.snapshot, after: after.snapshot },
      'the token endpoint’s rows': { before: before.rows, after: after.rows },
    };
    throw new Undone();
  }).catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  if (found === undefined) throw new Error('no facts were read');
  return found;
};

/** Who acts for whom, by these facts. */
const identify = ({ token, subject, assertedAt = ISSUED_AT }: Presented, facts: TrustFacts) => {
  if (token === 'a client assertion') {
    const binding = { id: world.keyBindingId, agent: { id: world.coderId } };
    const agent = { agent: binding.agent, binding, token: null, assertedAt };
    const isAlone = subject === undefined || typeof subject === 'string';
    return { agent, person: isAlone ? null : personByToken(subject, world.coderId, facts) };
  }
  const binding = identifyAgent(token, facts);
  const agent = { agent: binding.agent, binding, token };
  return { agent, person: personOf({ token, subject: subject ?? null }, binding, facts) };
};

const personOf = (
  { token, subject }: { token: VerifiedToken; subject: VerifiedToken | string | null },
  { agent, kind }: KnownBinding,
  facts: TrustFacts,
): PersonProof | null => {
  if (typeof subject === 'string') return personByDelegation(subject, agent.id, facts);
  if (subject !== null) return personByToken(subject, agent.id, facts);
  const isAboutPerson = kind === 'client' || token.actors.length > 0;
  return isAboutPerson ? personByToken(token, agent.id, facts) : null;
};

const nameOf = (id: string) =>
  ({
    [world.coderId]: 'coder',
    [world.helperId]: 'helper',
    [world.adaId]: 'ada',
    [world.bobId]: 'bob',
  })[id];

/** The answer where all of it was identified by `then` and is evaluated by `now`. */
const answerOf = (presented: Presented, then: TrustFacts, now: TrustFacts): string => {
  try {
    const { agent, person } = identify(presented, then);
    assertAgentAuthorized(agent, now, NOW);
    if (presented.exchanged) assertTokenAuthorized(presented.exchanged, now, NOW);
    if (person !== null) assertPersonAuthorized(person, agent, now, NOW);
    const actors = person?.actors ?? [agent.agent.id];
    return [
      actors.map(nameOf).join(' through '),
      ...(person ? [nameOf(person.person.id)] : []),
    ].join(' for ');
  } catch (error) {
    if (error instanceof AuthorizationError || error instanceof TokenError) return error.reason;
    throw error;
  }
};

const answersOf = (one: TrustCase, { before, after }: Facts) => {
  const presented = one.presented(world);
  return { answer: answerOf(presented, after, after), later: answerOf(presented, before, after) };
};

const expected = ({ answer, later = answer }: TrustCase) => ({ answer, later });

const factsOf = (one: TrustCase, view: ViewName): Facts => {
  const known = facts.get(one);
  if (known === undefined) throw new Error(`nothing was read for: ${one.what}`);
  return known[view];
};

describe.each<ViewName>(['the gateway’s snapshot', 'the token endpoint’s rows'])(
  'by %s',
  (view) => {
    describe.each(Object.entries(TRUST_CASES))('%s', (_topic, cases) => {
      it.each(cases)('$what: $answer', (one) => {
        expect(answersOf(one, factsOf(one, view))).toEqual(expected(one));
      });
    });
  },
);

const always = <T>(value: T) => ({ get: () => value, has: () => true });
const active = { state: 'active', expiresAt: null, tokensRevokedBefore: null } as const;

// Each believes something that it must look up. Were the rules not to ask, or no case to need the answer,
// the table would hold all the same.
const WRONG_FACTS: Record<string, (facts: TrustFacts, w: TrustWorld) => Partial<TrustFacts>> = {
  'no token is revoked': () => ({ isTokenRevoked: () => false }),
  'no digest is revoked': () => ({ isDigestRevoked: () => false }),
  'nobody is blocked': () => ({ isUnregisteredAgentBlocked: () => false }),
  'every issuer is trusted': ({ issuers }, { idpId, otherIdpId }) => ({
    issuers: { get: (url) => issuers.get(url) ?? { id: url === IDP ? idpId : otherIdpId } },
  }),
  'every issuer is trusted by its id': () => ({ issuerIds: always(true) }),
  'every key is ours': (_facts, { keyId }) => ({ own: { url: OWN, keys: [{ kid: keyId }] } }),
  'every agent is active': () => ({ agents: { get: (id) => ({ ...active, id }) } }),
  'every binding is there': ({ bindings }, { coderId, helperId, helperKeyBindingId }) => ({
    bindings: {
      get: (id) => {
        const agent = { id: id === helperKeyBindingId ? helperId : coderId };
        return bindings.get(id) ?? { id, agent, kind: 'key', token: null };
      },
    },
  }),
  'no client was ever bound': () => ({ clientBindings: () => [], wasClientUnbound: () => false }),
  'no client was unbound': () => ({ wasClientUnbound: () => false }),
  'no client is another agent by its own subject': ({ subjectBindings }) => ({
    subjectBindings: (issuer, subject) =>
      subjectBindings(issuer, subject).filter((one) => one.agent.id === world.coderId),
  }),
  'every person is active': () => ({
    people: { get: (id) => ({ id, isActive: true, tokensRevokedBefore: null }) },
  }),
  'everybody stays linked': (_facts, { adaId }) => ({
    personOf: () => ({ id: adaId, isActive: true, tokensRevokedBefore: null }),
  }),
  'every delegation is in force': (_facts, { adaId, coderId }) => ({
    delegations: {
      get: (id) => ({ id, personId: adaId, agentId: coderId, expiresAt: new Date('2099-01-01') }),
    },
  }),
};

describe('wrong facts (negative control)', () => {
  it.each(Object.entries(WRONG_FACTS))('%s: some case notices', (_what, wrong) => {
    const wrongView = (view: TrustFacts): TrustFacts => ({ ...view, ...wrong(view, world) });
    const noticed = ALL_CASES.filter((one) => {
      const { before, after } = factsOf(one, 'the gateway’s snapshot');
      const { answer, later } = answersOf(one, {
        before: wrongView(before),
        after: wrongView(after),
      });
      return answer !== one.answer || later !== expected(one).later;
    });
    expect(noticed).not.toEqual([]);
  });
});
