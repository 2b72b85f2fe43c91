import {
  createTestOrganisation,
  proposedChangeOf,
  type PersonActor,
  type TestOrganisation,
} from '#libs/dev/testing';
import { newId } from '#libs/platform/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_COMMANDS } from '../apps/api/src/index.js';
import {
  createTestPolicyOrganisation,
  type TestPolicyOrganisation,
} from '../libs/governance/policies/policies.fixture.js';
import { openCommands, type OpenCommands } from './support/open-commands.js';

// What access-in-transaction.db.spec.ts does with a lock held by hand, left to chance: somebody acts while what lets
// them act ends. `ACCESS_RACES=1000` for more rounds.
const ROUNDS = Number(process.env['ACCESS_RACES'] ?? 50);
const reason = 'as agreed';

let organisation: TestPolicyOrganisation;
let builder: TestOrganisation;
let commands: OpenCommands;
let security: PersonActor;
let it_: PersonActor;

beforeAll(async () => {
  organisation = await createTestPolicyOrganisation(API_COMMANDS);
  commands = await openCommands(organisation.database.appUrl, API_COMMANDS);
  builder = createTestOrganisation(organisation.db);
  [security, it_] = [await builder.addPerson(['security']), await builder.addPerson(['it'])];
});
afterAll(async () => {
  await commands.close();
  await organisation.close();
});

const run = (name: string, actor: PersonActor, input: object) =>
  commands.make(name).execute(actor, input);

/** Both at once; which of them began first is by chance. Answers whether the act was done. */
const race = async (act: () => Promise<unknown>, end: () => Promise<unknown>): Promise<boolean> => {
  const [first, second] = Math.random() < 0.5 ? [act, end] : [end, act];
  const both = [first(), second()] as const;
  const [acted, ended] = first === act ? both : [both[1], both[0]];
  await ended;
  return acted.then(
    () => true,
    () => false,
  );
};

/** The newest entries of both, in the order in which they were committed. */
const succeededIn = async (types: string[], subjectIds: string[]): Promise<string[]> => {
  const entries = await organisation.db.ledgerEntry.findMany({
    where: {
      type: { in: types },
      subjectId: { in: subjectIds },
      data: { path: ['outcome'], equals: 'succeeded' },
    },
    orderBy: { seq: 'asc' },
    select: { type: true },
  });
  return entries.map(({ type }) => type);
};

/** A deadlock is tried again, so nobody is told of it; it costs a second, and shows that there are two orders. */
const deadlocks = async (): Promise<number> => {
  const [row] = await organisation.db.$queryRaw<{ count: number }[]>`
    SELECT deadlocks::int AS count FROM pg_stat_database WHERE datname = current_database()`;
  return row?.count ?? NaN;
};

/** How often the act was done, and how often after what ended it. Locks are taken in one order by both. */
const rounds = async (once: () => Promise<{ done: boolean; late: boolean }>) => {
  const counted = { done: 0, late: 0 };
  const before = await deadlocks();
  for (let round = 0; round < ROUNDS; round += 1) {
    const { done, late } = await once();
    if (done) counted.done += 1;
    if (late) counted.late += 1;
  }
  // oxlint-disable-next-line no-console -- how much was tried belongs beside the result
  process.stdout.write(`${ROUNDS} rounds, ${counted.done} done, ${counted.late} of them late\n`);
  expect((await deadlocks()) - before).toBe(0);
  return counted;
};

describe(
  'nothing is done after the commit of what ends the right to it',
  { timeout: 60_000 + ROUNDS * 2_000 },
  () => {
    it('a delegation by a session that is signed out everywhere', async () => {
      const { late } = await rounds(async () => {
        const person = await builder.addPerson([]);
        const sessionId = newId();
        await organisation.db.consoleSession.create({
          data: { sid: sessionId, sess: { personId: person.id }, expire: new Date('2100-01-01') },
        });
        const consent = { personId: person.id, agentId: organisation.agentIds.coder, days: 365 };
        const done = await race(
          () => run('grant-delegation', { ...person, sessionId }, { ...consent, purpose: 'theft' }),
          () => run('revoke-person-access', security, { id: person.id, reason }),
        );
        const left = await organisation.db.delegation.count({
          where: { personId: person.id, withdrawnAt: null },
        });
        return { done, late: left > 0 };
      });
      expect(late).toBe(0);
    });

    it('emergency access while its role is withdrawn', async () => {
      const { late } = await rounds(async () => {
        const person = await builder.addPerson(['emergency']);
        const done = await race(
          () =>
            run('open-emergency-access', person, { reason: 'the gate is on fire', minutes: 30 }),
          () => run('withdraw-role', it_, { personId: person.id, role: 'emergency', reason }),
        );
        const open = await organisation.db.emergencyAccess.count({
          where: { personId: person.id, endedAt: null },
        });
        return { done, late: open > 0 };
      });
      expect(late).toBe(0);
    });

    it('an agent that is registered while the emergency behind it is closed', async () => {
      const { late } = await rounds(async () => {
        const person = await builder.addPerson(['emergency']);
        const opened = { reason: 'the gate is on fire', minutes: 30 };
        const { id } = (await run('open-emergency-access', person, opened)) as { id: string };
        const agent = {
          name: newId(),
          purpose: 'to stay',
          riskTier: 'low',
          tags: [],
          ownerId: person.id,
          teamId: organisation.teamId,
        };
        const done = await race(
          () => run('register-agent', person, agent),
          () => run('close-emergency-access', it_, { id }),
        );
        const left = await organisation.db.agent.count({
          where: { name: agent.name, state: { not: 'retired' } },
        });
        return { done, late: left > 0 };
      });
      expect(late).toBe(0);
    });

    it('a publication while the role security is withdrawn', async () => {
      const author = await builder.addPerson(['security']);
      const { late } = await rounds(async () => {
        const person = await builder.addPerson(['security']);
        const { policyId, id } = await proposed(author);
        const change = await proposedChangeOf(run('publish-policy', author, { id }));
        const done = await race(
          () => commands.make('publish-policy').confirm(person, change),
          () => run('withdraw-role', it_, { personId: person.id, role: 'security', reason }),
        );
        const order = await succeededIn(
          ['publish-policy', 'withdraw-role'],
          [id, policyId, person.id],
        );
        return { done, late: order.at(-1) === 'publish-policy' };
      });
      expect(late).toBe(0);
    });

    it('a confirmation while the one who proposed it is disabled', async () => {
      const confirmer = await builder.addPerson(['security']);
      const { late } = await rounds(async () => {
        const author = await builder.addPerson(['security']);
        const { policyId, id } = await proposed(author);
        const change = await proposedChangeOf(run('publish-policy', author, { id }));
        const done = await race(
          () => commands.make('publish-policy').confirm(confirmer, change),
          () => run('disable-person', security, { id: author.id, reason }),
        );
        const order = await succeededIn(
          ['publish-policy', 'disable-person'],
          [id, policyId, author.id],
        );
        return { done, late: order.at(-1) === 'publish-policy' };
      });
      expect(late).toBe(0);
    });

    it('a confirmation by a session that is signed out everywhere', async () => {
      const author = await builder.addPerson(['security']);
      const { late } = await rounds(async () => {
        const confirmer = { ...(await builder.addPerson(['security'])), sessionId: newId() };
        await organisation.db.consoleSession.create({
          data: {
            sid: confirmer.sessionId,
            sess: { personId: confirmer.id },
            expire: new Date('2100-01-01'),
          },
        });
        const { policyId, id } = await proposed(author);
        const change = await proposedChangeOf(run('publish-policy', author, { id }));
        const done = await race(
          () => commands.make('publish-policy').confirm(confirmer, change),
          () => run('revoke-person-access', security, { id: confirmer.id, reason }),
        );
        const order = await succeededIn(
          ['publish-policy', 'revoke-person-access'],
          [id, policyId, confirmer.id],
        );
        return { done, late: order.at(-1) === 'publish-policy' };
      });
      expect(late).toBe(0);
    });

    it('a sign-in while its issuer is retired', async () => {
      const { late } = await rounds(async () => {
        const person = await builder.addPerson(['it']);
        const url = `https://${newId()}.test`;
        const updatedAt = new Date();
        const issuerId = await builder.addIssuer({ url, updatedAt });
        const identity = { issuer: url, subject: 'sub', personId: person.id } as const;
        await organisation.db.personIdentity.create({
          data: { ...identity, linkedAt: updatedAt, linkedBy: 'added' },
        });
        const signIn = {
          ...identity,
          issuedAt: updatedAt.toISOString(),
          issuerUpdatedAt: updatedAt.toISOString(),
        };
        const done = await race(
          () => run('start-session', person, signIn),
          () => run('retire-issuer', it_, { id: issuerId, reason }),
        );
        const order = await succeededIn(['start-session', 'retire-issuer'], [person.id, issuerId]);
        return { done, late: order.at(-1) === 'start-session' };
      });
      expect(late).toBe(0);
    });
  },
);

const proposed = async (author: PersonActor) => {
  const policyId = newId();
  const id = newId();
  const at = new Date();
  await organisation.db.policy.create({
    data: { id: policyId, name: `policy ${policyId}`, description: '', createdAt: at },
  });
  await organisation.db.policyVersion.create({
    data: {
      id,
      policyId,
      number: 1,
      text: 'rules: []\n',
      bindings: [],
      note: 'n',
      state: 'in_review',
      proposedById: author.id,
      proposedAt: at,
    },
  });
  return { policyId, id };
};
