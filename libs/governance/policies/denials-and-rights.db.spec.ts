import { newId, systemActor } from '#libs/platform/kernel';
import { AgentQueries, agentRightsSchema } from '#libs/registry/agents';
import type { PersonActor } from '#libs/dev/testing';
import { beforeEach, describe, expect } from 'vitest';
import {
  AgentRightsQueries,
  PEOPLE_POLICY,
  policyDetailSchema,
  PolicyQueries,
  PolicyVersionQueries,
  SeedPolicy,
} from './index.js';
import {
  CODER_SHOPS,
  createTestPublication,
  type TestPublication,
  SMALL_REFUNDS,
  itWithPolicyOrganisation as it,
  type TestPolicyOrganisation,
} from './policies.fixture.js';
import { policyPageSchema, policyVersionPageSchema } from './policies.schemas.js';

let organisation: TestPolicyOrganisation;
let propose: TestPublication['propose'];
let deny: TestPublication['deny'];
let publish: TestPublication['publish'];
let seed: SeedPolicy;
let policies: PolicyQueries;
let versions: PolicyVersionQueries;
let rights: AgentRightsQueries;
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

const rightsOf = async (agentId: string) => {
  const { items } = agentRightsSchema.parse(await rights.get(one, agentId));
  return Object.fromEntries(items.map((item) => [item.tool.name, item.effect]));
};

it.beforeAll(async ({ shared }) => {
  organisation = shared;
  const { runtime, db } = organisation;
  ({ propose, deny, publish } = createTestPublication(runtime));
  seed = new SeedPolicy(runtime);
  policies = new PolicyQueries(db);
  versions = new PolicyVersionQueries(db);
  rights = new AgentRightsQueries(db, new AgentQueries(db));
  one = await organisation.addPerson(['security']);
  two = await organisation.addPerson(['security']);
});

beforeEach(empty);

const denial = (over: object = {}) => ({
  agentId: organisation.agentIds.coder,
  toolId: organisation.toolIds.refund,
  reason: 'an incident last night',
  ...over,
});

describe('proposing a denial', () => {
  it('adds a rule to the policy that decides the pair, and keeps the rest of its text', async () => {
    await inForce('rules: []\n', 'aaa-first');
    const { policyId, versionId } = await inForce(CODER_SHOPS);
    const { id } = await deny.execute(one, denial());
    const version = await versions.get(two, id);
    expect(version).toMatchObject({
      number: 2,
      policy: { id: policyId },
      basedOn: { id: versionId },
      publishable: true,
      note: 'Deny shop/refund to coder: an incident last night',
    });
    expect(version.text).toContain('# who may shop');
    expect(version.text).toContain('deny-coder-shop-refund');
    expect(version.impact).toEqual([
      {
        agent: { id: organisation.agentIds.coder, name: 'coder' },
        tool: { id: organisation.toolIds.refund, server: 'shop', name: 'refund' },
        before: 'allow',
        after: 'deny',
      },
    ]);
  });

  it('takes effect once somebody else published it', async () => {
    await inForce(CODER_SHOPS);
    expect(await rightsOf(organisation.agentIds.coder)).toEqual({ read: 'allow', refund: 'allow' });
    const { id } = await deny.execute(one, denial());
    await publish.execute(two, { id, note: 'agreed' });
    expect(await rightsOf(organisation.agentIds.coder)).toEqual({ read: 'allow', refund: 'deny' });
  });

  it('is rejected where the pair is denied for good already, naming the rule', async () => {
    await inForce(CODER_SHOPS);
    const { id } = await deny.execute(one, denial());
    await publish.execute(two, { id, note: 'agreed' });
    await expect(deny.execute(one, denial())).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('deny-coder-shop-refund') as string,
    });
  });

  it('makes the main policy where there is none', async () => {
    const { id } = await deny.execute(one, denial());
    expect(await versions.get(two, id)).toMatchObject({
      policy: { name: 'main' },
      number: 1,
      basedOn: null,
    });
    await publish.execute(two, { id, note: 'agreed' });
  });

  it('gives a second rule for the same names a name of its own', async () => {
    const taken = CODER_SHOPS.replace('coder-shops', 'deny-coder-shop-refund');
    await inForce(taken);
    const { id } = await deny.execute(one, denial());
    expect((await versions.get(two, id)).text).toContain('deny-coder-shop-refund-2');
  });

  it('knows no agent or tool that does not exist', async () => {
    for (const over of [{ agentId: newId() }, { toolId: newId() }]) {
      await expect(deny.execute(one, denial(over))).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await organisation.db.policy.count()).toBe(0);
  });
});

describe('seeding a policy', () => {
  const input = { name: 'main', description: 'first', text: CODER_SHOPS };

  it('puts the first policy in force, by the system', async () => {
    const { id } = await seed.execute(systemActor('sandbox'), input);
    expect(await versions.get(one, id)).toMatchObject({
      state: 'active',
      number: 1,
      proposedBy: null,
      decidedBy: null,
    });
    expect(await rightsOf(organisation.agentIds.coder)).toEqual({ read: 'allow', refund: 'allow' });
  });

  it('is done once for a name, also by two at once, and for several names', async () => {
    const results = await Promise.allSettled(
      [1, 2].map(() => seed.execute(systemActor('sandbox'), input)),
    );
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await seed.execute(systemActor('sandbox'), PEOPLE_POLICY);
    expect(await organisation.db.policy.count()).toBe(2);
  });

  it('is rejected once people have proposed a policy', async () => {
    await propose.execute(one, { name: 'p', text: CODER_SHOPS, note: 'new' });
    await expect(seed.execute(systemActor('sandbox'), input)).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await organisation.db.policy.count()).toBe(1);
  });

  it('is nothing that a person may do', async () => {
    const all = await organisation.addPerson(['security', 'it']);
    await expect(seed.execute(all, input)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await organisation.db.policy.count()).toBe(0);
  });
});

describe('reading policies', () => {
  it('lists policies and versions, and shows one with its text', async () => {
    const { policyId, versionId } = await inForce(CODER_SHOPS);
    const basedOnId = versionId;
    await propose.execute(one, { policyId, basedOnId, text: SMALL_REFUNDS, note: 'smaller' });
    const page = { page: 1, perPage: 10, order: 'asc' as const, kind: 'policy' as const };
    const list = policyPageSchema.parse(await policies.list(page));
    expect(list).toMatchObject({
      total: 1,
      items: [{ id: policyId, inReviewCount: 1, ruleCount: 1, active: { id: versionId } }],
    });
    expect(policyDetailSchema.parse(await policies.get(policyId)).text).toBe(CODER_SHOPS);
    const inReview = policyVersionPageSchema.parse(
      await versions.list({ ...page, policyId, state: 'in_review' }),
    );
    expect(inReview).toMatchObject({ total: 1, items: [{ number: 2 }] });
    await expect(policies.get(newId())).rejects.toMatchObject({ code: 'not_found' });
    await expect(versions.get(one, newId())).rejects.toMatchObject({ code: 'not_found' });
  });

  it('says of a text as one types what is wrong, and where', async () => {
    expect(await policies.validate({ text: CODER_SHOPS })).toEqual({
      valid: true,
      ruleCount: 1,
      problems: [],
    });
    const wrong = await policies.validate({ text: CODER_SHOPS.replace('[coder]', '[nobody]') });
    expect(wrong).toMatchObject({
      valid: false,
      problems: [{ severity: 'error', line: 3, rule: 'coder-shops' }],
    });
    expect(await policies.validate({ text: 'rules: [' })).toMatchObject({
      valid: false,
      ruleCount: 0,
    });
  });

  it('tells rights apart: allowed, denied by default, depending on the arguments', async () => {
    await inForce(SMALL_REFUNDS);
    expect(await rightsOf(organisation.agentIds.coder)).toEqual({
      read: 'deny',
      refund: 'conditional',
    });
    expect(await rightsOf(organisation.agentIds.helper)).toEqual({ read: 'deny', refund: 'deny' });
    const { items } = await rights.get(one, organisation.agentIds.coder);
    expect(items.find((item) => item.tool.name === 'refund')?.rules).toMatchObject([
      { rule: 'small-refunds', effect: 'allow', reason: 'because of small-refunds' },
    ]);
  });

  it('shows a developer neither rights nor impact on the agents of others', async () => {
    const { id } = await propose.execute(one, { name: 'p', text: CODER_SHOPS, note: 'new' });
    const outsider = await organisation.addPerson(['developer']);
    const colleague = await organisation.addPerson(['developer'], [organisation.teamId]);
    await expect(rights.get(outsider, organisation.agentIds.coder)).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await versions.get(outsider, id)).impact).toEqual([]);
    expect((await versions.get(colleague, id)).impact).toHaveLength(2);
  });
});
