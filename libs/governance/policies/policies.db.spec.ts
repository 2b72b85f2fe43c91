import { readEpoch, transaction } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import { proposedChangeOf, TEST_MASTER_KEY, type PersonActor } from '#libs/dev/testing';
import { openContent } from '#libs/engine/commands';
import { SecretBox } from '#libs/platform/secrets';
import { beforeEach, describe, expect } from 'vitest';
import {
  loadPublishedRules,
  policyVersionDetailSchema,
  PolicyVersionQueries,
  RejectPolicy,
} from './index.js';
import {
  ALWAYS,
  CODER_SHOPS,
  createTestPublication,
  SMALL_REFUNDS,
  type TestPublication,
  itWithPolicyOrganisation as it,
  type TestPolicyOrganisation,
} from './policies.fixture.js';
import { decideVersion } from './policies.sql.js';

let organisation: TestPolicyOrganisation;
let propose: TestPublication['propose'];
let publish: TestPublication['publish'];
let proposeAgain: TestPublication['proposeAgain'];
let reject: RejectPolicy;
let versions: PolicyVersionQueries;
let one: PersonActor;
let two: PersonActor;

const empty = async (): Promise<void> => {
  await organisation.database.asSuperuser('TRUNCATE access_request, policy_version, policy');
};

/** A policy in force, by two people; answers its id and its active version's. */
const inForce = async (text: string, name = 'shop-policy') => {
  const proposed = await propose.execute(one, { name, text, note: 'first one' });
  await publish.execute(two, { id: proposed.id, note: 'looks right' });
  const { policyId } = await organisation.db.policyVersion.findUniqueOrThrow({
    where: { id: proposed.id },
  });
  return { policyId, versionId: proposed.id };
};

const stateOf = async (id: string) =>
  (await organisation.db.policyVersion.findUniqueOrThrow({ where: { id } })).state;

it.beforeAll(async ({ shared }) => {
  organisation = shared;
  const { runtime, db } = organisation;
  ({ propose, publish, proposeAgain } = createTestPublication(runtime));
  reject = new RejectPolicy(runtime);
  versions = new PolicyVersionQueries(db);
  one = await organisation.addPerson(['security']);
  two = await organisation.addPerson(['security']);
});

beforeEach(empty);

describe('proposing a policy', () => {
  it('puts a version in review that changes nothing yet', async () => {
    const epoch = await readEpoch(organisation.db);
    const { id } = await propose.execute(one, {
      name: 'shop-policy',
      text: CODER_SHOPS,
      note: 'coder needs it',
    });
    const view = policyVersionDetailSchema.parse(await versions.get(two, id));
    expect(view).toMatchObject({
      number: 1,
      state: 'in_review',
      text: CODER_SHOPS,
      basedOn: null,
      publishable: true,
      proposedBy: { id: one.id },
    });
    expect(await readEpoch(organisation.db)).toBe(epoch);
    expect(await loadPublishedRules(organisation.db)).toEqual([]);
  });

  it.each([
    ['is no YAML', 'rules: [', /line 1/],
    [
      'names a tool that nobody has',
      CODER_SHOPS.replace('servers: [shop]', 'names: [shop/nope]'),
      /shop\/nope/,
    ],
    ['names an agent that nobody has', CODER_SHOPS.replace('coder]', 'nobody]'), /nobody/],
    ['is silent about when', CODER_SHOPS.replace(ALWAYS, ''), /when/],
    ['has an empty condition', CODER_SHOPS.replace('{ always: true }', '{}'), /must not be empty/],
    [
      'holds calls, for which there are no approvals yet',
      CODER_SHOPS.replace('allow', 'hold'),
      /hold/,
    ],
  ])('rejects a text that %s, with the problem', async (_, text, problem) => {
    const input = { name: 'shop-policy', text, note: 'try it' };
    await expect(propose.execute(one, input)).rejects.toMatchObject({
      code: 'invalid_input',
      problems: [{ path: 'text', message: expect.stringMatching(problem) as string }],
    });
    expect(await organisation.db.policy.count()).toBe(0);
  });

  it('rejects a name that is taken, and a policy that does not exist', async () => {
    await inForce(CODER_SHOPS);
    await expect(
      propose.execute(one, { name: 'shop-policy', text: CODER_SHOPS, note: 'again' }),
    ).rejects.toMatchObject({ code: 'conflict' });
    const input = { policyId: newId(), basedOnId: null, text: CODER_SHOPS, note: 'again' };
    await expect(propose.execute(one, input)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('rejects one that is not based on the active version, naming both', async () => {
    const { policyId, versionId } = await inForce(CODER_SHOPS);
    const next = await propose.execute(one, {
      policyId,
      basedOnId: versionId,
      text: SMALL_REFUNDS,
      note: 'smaller',
    });
    await publish.execute(two, { id: next.id, note: 'yes' });
    const late = { policyId, basedOnId: versionId, text: CODER_SHOPS, note: 'too late' };
    await expect(propose.execute(one, late)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('based on version 1, but 2 is active') as string,
    });
  });

  it('numbers versions without gaps or doubles when many propose at once', async () => {
    const { policyId, versionId } = await inForce(CODER_SHOPS);
    const input = { policyId, basedOnId: versionId, text: SMALL_REFUNDS, note: 'at once' };
    await Promise.all([1, 2, 3, 4, 5, 6].map(() => propose.execute(one, input)));
    const rows = await organisation.db.policyVersion.findMany({ where: { policyId } });
    expect(rows.map((row) => row.number).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('is for security only', async () => {
    for (const role of ['it', 'grc', 'developer', 'office'] as const) {
      const person = await organisation.addPerson([role]);
      const input = { name: 'mine', text: CODER_SHOPS, note: 'mine' };
      await expect(propose.execute(person, input)).rejects.toMatchObject({ code: 'forbidden' });
    }
  });
});

describe('publishing a policy', () => {
  it('takes a second person, moves the epoch, and writes both names down', async () => {
    const { id } = await propose.execute(one, { name: 'p', text: CODER_SHOPS, note: 'new' });
    const epoch = await readEpoch(organisation.db);
    await publish.execute(two, { id, note: 'fine with me' });
    expect(await readEpoch(organisation.db)).toBe(epoch + 1n);
    expect(await versions.get(one, id)).toMatchObject({
      state: 'active',
      decidedBy: { id: two.id },
      decisionNote: 'fine with me',
    });
    const entry = await organisation.db.ledgerEntry.findFirstOrThrow({
      where: { type: 'publish-policy', subjectId: id },
      orderBy: { id: 'desc' },
    });
    expect(entry.data).toMatchObject({
      outcome: 'succeeded',
      facts: {
        writtenById: one.id,
        proposedById: one.id,
        publishedById: two.id,
        archivedId: null,
      },
    });
    const names = await organisation.db.ledgerPayload.findFirstOrThrow({
      where: { entryId: entry.id, name: 'names' },
    });
    expect(JSON.parse(names.content)).toMatchObject({
      actor: two.name,
      proposer: one.name,
    });
  });

  it('is never for the proposer, who is told why, whatever else they may do', async () => {
    const all = await organisation.addPerson(['security', 'it', 'grc', 'office', 'developer']);
    const { id } = await propose.execute(all, { name: 'p', text: CODER_SHOPS, note: 'mine' });
    const epoch = await readEpoch(organisation.db);
    await expect(publish.execute(all, { id, note: 'of course' })).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('You proposed this change') as string,
    });
    expect(await stateOf(id)).toBe('in_review');
    expect(await readEpoch(organisation.db)).toBe(epoch);
  });

  it('is rejected by the row itself when the rights are looked past', async () => {
    const { id } = await propose.execute(one, { name: 'p', text: CODER_SHOPS, note: 'mine' });
    const decide = (decidedById: string) =>
      transaction(organisation.db, (tx) =>
        decideVersion(tx, 'active', { id, decidedById, at: new Date(), note: 'sneaked' }),
      );
    expect(await decide(one.id)).toBe(false);
    expect(await stateOf(id)).toBe('in_review');
    expect(await decide(two.id)).toBe(true);
    expect(await decide(two.id)).toBe(false);
  });

  it("cannot change a version's text: the application's role may not", async () => {
    const { versionId } = await inForce(CODER_SHOPS);
    await expect(
      organisation.db
        .$executeRaw`UPDATE policy_version SET text = 'rules: []' WHERE id = ${versionId}::uuid`,
    ).rejects.toThrow(/permission denied|42501/);
  });

  it('archives the version before it', async () => {
    const { policyId, versionId } = await inForce(CODER_SHOPS);
    const next = await propose.execute(one, {
      policyId,
      basedOnId: versionId,
      text: SMALL_REFUNDS,
      note: 'smaller',
    });
    await publish.execute(two, { id: next.id, note: 'yes' });
    expect([await stateOf(versionId), await stateOf(next.id)]).toEqual(['archived', 'active']);
    const published = await loadPublishedRules(organisation.db);
    expect(
      published.map((policy) => policy.rules.map(({ conditions }) => conditions.rule)),
    ).toEqual([['small-refunds']]);
  });

  it('rejects the second of two versions that were based on the same one', async () => {
    const { policyId, versionId } = await inForce(CODER_SHOPS);
    const input = { policyId, basedOnId: versionId, text: SMALL_REFUNDS, note: 'both' };
    const ids = [await propose.execute(one, input), await propose.execute(one, input)];
    const results = await Promise.allSettled(
      ids.map(({ id }) => publish.execute(two, { id, note: 'at once' })),
    );
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((result) => result.status === 'rejected')).toMatchObject({
      reason: { code: 'conflict' },
    });
    const loser = ids[results.findIndex((result) => result.status === 'rejected')];
    expect(await versions.get(two, loser?.id ?? '')).toMatchObject({ publishable: false });
  });

  it('rejects a text whose tools are gone since it was proposed', async () => {
    // Retired is final, so it is one that no other test needs.
    const text = CODER_SHOPS.replace('[coder]', '[helper]');
    const { id } = await propose.execute(one, { name: 'p', text, note: 'new' });
    await organisation.db.agent.update({
      where: { id: organisation.agentIds.helper },
      data: { state: 'retired' },
    });
    await expect(publish.execute(two, { id, note: 'late' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(await stateOf(id)).toBe('in_review');
  });

  it('waits for a second person from the moment that it was proposed, who sees what it changes', async () => {
    const { id } = await propose.execute(one, { name: 'p', text: CODER_SHOPS, note: 'new' });
    const { proposedChange } = await versions.get(two, id);
    expect(proposedChange).toMatchObject({ canConfirm: true, whyNotConfirm: null });
    expect((await versions.get(one, id)).proposedChange).toMatchObject({ canConfirm: false });
    const row = await organisation.db.proposedChange.findUniqueOrThrow({
      where: { id: proposedChange?.id ?? '' },
    });
    expect(row).toMatchObject({
      command: 'publish-policy',
      subjectId: id,
      proposedById: one.id,
      confirmerRoles: ['security'],
      concernedIds: [one.id],
      aloneFrom: null,
    });
    const { effect } = openContent(new SecretBox(TEST_MASTER_KEY), row);
    expect(effect).toMatchObject({
      changes: { rulesAdded: ['coder-shops'], rulesChanged: [], rulesRemoved: [] },
      pairs: { added: { total: 2 }, removed: { total: 0 } },
    });
  });

  it('is proposed anew by somebody else when nothing waits any more, and never confirmed by its writer', async () => {
    const { id } = await propose.execute(one, { name: 'p', text: CODER_SHOPS, note: 'new' });
    const change = { subjectId: id, state: 'open' as const };
    const withdrawn = { state: 'withdrawn' as const, decidedAt: new Date() };
    await organisation.db.proposedChange.updateMany({ where: change, data: withdrawn });
    expect((await versions.get(two, id)).proposedChange).toBeNull();
    await expect(publish.execute(two, { id, note: 'fine' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await proposedChangeOf(proposeAgain(two, id));
    await expect(publish.execute(one, { id, note: 'mine' })).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('concerns you') as string,
    });
    await expect(publish.execute(two, { id, note: 'mine' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await stateOf(id)).toBe('in_review');
    await publish.execute(await organisation.addPerson(['security']), { id, note: 'fine' });
    expect(await stateOf(id)).toBe('active');
  });

  it('leaves nothing that waits, however often it was proposed', async () => {
    const { id } = await propose.execute(one, { name: 'p', text: CODER_SHOPS, note: 'new' });
    await proposedChangeOf(proposeAgain(one, id));
    await publish.execute(two, { id, note: 'fine' });
    const where = { subjectId: id };
    const changes = await organisation.db.proposedChange.findMany({ where });
    expect(changes.map(({ state }) => state).toSorted()).toEqual(['done', 'rejected']);
  });

  it('is rejected once it would let agents call something else than was shown', async () => {
    const { id } = await propose.execute(one, { name: 'p', text: CODER_SHOPS, note: 'new' });
    await inForce(SMALL_REFUNDS, 'another');
    await expect(publish.execute(two, { id, note: 'fine' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('was changed since it was proposed') as string,
    });
    expect(await stateOf(id)).toBe('in_review');
    await proposedChangeOf(proposeAgain(one, id));
    await publish.execute(two, { id, note: 'fine' });
    expect(await stateOf(id)).toBe('active');
  });

  it('is never done by its author alone, however few people there are', async () => {
    const alone = await organisation.addPerson(['security']);
    const others = { id: { not: alone.id }, disabledAt: null };
    const away = await organisation.db.person.findMany({ where: others, select: { id: true } });
    const ids = { id: { in: away.map((person) => person.id) } };
    await organisation.db.person.updateMany({ where: ids, data: { disabledAt: new Date() } });
    const { id } = await propose.execute(alone, { name: 'p', text: CODER_SHOPS, note: 'mine' });
    await organisation.db.person.updateMany({ where: ids, data: { disabledAt: null } });
    expect(
      await organisation.db.proposedChange.findFirstOrThrow({ where: { subjectId: id } }),
    ).toMatchObject({ aloneFrom: null });
  });

  it('says what state a version is in that was decided already', async () => {
    const { versionId } = await inForce(CODER_SHOPS);
    await expect(publish.execute(two, { id: versionId, note: 'again' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('is active') as string,
    });
  });
});

describe('rejecting a policy', () => {
  it('ends the proposal for a reason and changes no right', async () => {
    const { id } = await propose.execute(one, { name: 'p', text: CODER_SHOPS, note: 'new' });
    const epoch = await readEpoch(organisation.db);
    await reject.execute(two, { id, note: 'too wide' });
    expect(await versions.get(one, id)).toMatchObject({
      state: 'rejected',
      decisionNote: 'too wide',
      publishable: false,
      impact: [],
    });
    expect(await readEpoch(organisation.db)).toBe(epoch);
    await expect(publish.execute(two, { id, note: 'after all' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('ends the proposed change with the version, and the version with the proposed change', async () => {
    const openOf = (subjectId: string) =>
      organisation.db.proposedChange.findFirstOrThrow({ where: { subjectId } });
    const first = await propose.execute(one, { name: 'p', text: CODER_SHOPS, note: 'new' });
    await reject.execute(two, { id: first.id, note: 'too wide' });
    expect(await openOf(first.id)).toMatchObject({ state: 'rejected', decidedById: two.id });
    const own = await propose.execute(one, { name: 'q', text: CODER_SHOPS, note: 'new' });
    await reject.execute(one, { id: own.id, note: 'a mistake' });
    expect(await openOf(own.id)).toMatchObject({ state: 'withdrawn' });
  });

  it('is also how a proposer withdraws what they proposed', async () => {
    const { id } = await propose.execute(one, { name: 'p', text: CODER_SHOPS, note: 'oops' });
    await reject.execute(one, { id, note: 'a mistake of mine' });
    expect(await stateOf(id)).toBe('rejected');
  });
});
