import { readFileSync } from 'node:fs';
import { AgentQueries } from '#libs/registry/agents';
import { transaction } from '#libs/platform/db';
import { HOUR_MS, newId, systemActor } from '#libs/platform/kernel';
import { parsePolicy } from '#libs/engine/policy';
import { proposedChangeOf, type PersonActor } from '#libs/dev/testing';
import { beforeEach, describe, expect } from 'vitest';
import {
  AgentRightsQueries,
  draftAccessGrant,
  RevokeAccessGrant,
  PEOPLE_POLICY,
  PolicyQueries,
  PolicyVersionQueries,
  PublishPolicy,
  SeedPolicy,
} from './index.js';
import {
  ALWAYS,
  CODER_SHOPS,
  createTestPublication,
  type TestPublication,
  itWithPolicyOrganisation as it,
  type TestPolicyOrganisation,
} from './policies.fixture.js';
import { policyPageSchema, policyVersionPageSchema } from './policies.schemas.js';
import { decideVersion } from './policies.sql.js';

const PAGE = { page: 1, perPage: 10, order: 'asc' as const };

let organisation: TestPolicyOrganisation;
let propose: TestPublication['propose'];
let deny: TestPublication['deny'];
let publish: TestPublication['publish'];
let security: PersonActor;
let second: PersonActor;
let it1: PersonActor;

it.beforeAll(async ({ shared }) => {
  organisation = shared;
  ({ propose, deny, publish } = createTestPublication(organisation.runtime));
  security = await organisation.addPerson(['security']);
  second = await organisation.addPerson(['security']);
  it1 = await organisation.addPerson(['it']);
});

beforeEach(async () => {
  await organisation.database.asSuperuser(
    'TRUNCATE access_request, policy_version, policy, people_group CASCADE',
  );
});

/** An access grant in review, drafted by somebody and asked for by somebody. */
const drafted = async (over: { hours?: number; requestedById?: string } = {}) => {
  const drafter = await organisation.addPerson([]);
  const now = new Date();
  const expiresAt = new Date(now.getTime() + (over.hours ?? 1) * HOUR_MS);
  const { coder: agentId } = organisation.agentIds;
  const { refund: toolId } = organisation.toolIds;
  const grant = await transaction(organisation.db, (tx) =>
    draftAccessGrant(
      { tx, now, signs: () => Promise.resolve(), signsNew: () => undefined },
      {
        agentId,
        toolId,
        expiresAt,
        when: 'always',
        note: 'for a while',
        proposedById: drafter.id,
        replacesId: null,
      },
    ),
  );
  await organisation.db.accessRequest.create({
    data: {
      id: newId(),
      agentId,
      toolId,
      justification: 'needed',
      durationHours: 1,
      state: 'drafted',
      requestedById: over.requestedById ?? drafter.id,
      requestedAt: now,
      versionId: grant.versionId,
    },
  });
  const publishPolicy = new PublishPolicy(organisation.runtime);
  await proposedChangeOf(publishPolicy.execute(drafter, { id: grant.versionId }));
  return { ...grant, drafter, expiresAt };
};

describe('an access grant', () => {
  it('is rejected by the row itself to drafter and requester when the rights are looked past (P10)', async () => {
    const asker = await organisation.addPerson(['it']);
    const { versionId: id, drafter } = await drafted({ requestedById: asker.id });
    const decide = (decidedById: string) =>
      transaction(organisation.db, (tx) =>
        decideVersion(tx, 'active', { id, decidedById, at: new Date(), note: 'sneaked' }),
      );
    expect(await decide(drafter.id)).toBe(false);
    expect(await decide(asker.id)).toBe(false);
    expect(await decide(it1.id)).toBe(true);
  });

  it('is separate from the policies, and says so', async () => {
    const { policyId, versionId } = await drafted();
    const policies = new PolicyQueries(organisation.db);
    const versions = new PolicyVersionQueries(organisation.db);
    const ids = async (kind: 'policy' | 'access_grant') =>
      policyPageSchema.parse(await policies.list({ ...PAGE, kind })).items.map(({ id }) => id);
    expect(await ids('policy')).toEqual([]);
    expect(await ids('access_grant')).toEqual([policyId]);
    const { items } = policyVersionPageSchema.parse(
      await versions.list({ ...PAGE, kind: 'access_grant', state: 'in_review' }),
    );
    expect(items).toMatchObject([{ id: versionId, kind: 'access_grant' }]);
    expect(items[0]?.accessRequest?.requestedBy.id).toBeDefined();
    expect(await versions.list({ ...PAGE, kind: 'policy' })).toMatchObject({ total: 0 });
  });

  it('cannot be made wider by a version of its policy, which IT would publish alone', async () => {
    const { policyId, versionId } = await drafted();
    await publish.execute(it1, { id: versionId, note: 'fine' });
    const input = { policyId, basedOnId: versionId, text: CODER_SHOPS, note: 'wider' };
    await expect(propose.execute(security, input)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('does not take up a denial, which goes into a policy', async () => {
    const { policyId, versionId } = await drafted();
    await publish.execute(it1, { id: versionId, note: 'fine' });
    const { id } = await deny.execute(security, {
      agentId: organisation.agentIds.coder,
      toolId: organisation.toolIds.refund,
      reason: 'not after all',
    });
    const version = await organisation.db.policyVersion.findUniqueOrThrow({
      where: { id },
      include: { policy: true },
    });
    expect(version.policyId).not.toBe(policyId);
    expect(version.policy).toMatchObject({ kind: 'policy', name: 'main' });
    await publish.execute(second, { id, note: 'agreed' });
  });

  it('is no way for security to decide alone, nor for IT to publish policies', async () => {
    const { versionId } = await drafted();
    await expect(publish.execute(security, { id: versionId, note: 'mine' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const { id } = await propose.execute(security, { name: 'p', text: CODER_SHOPS, note: 'new' });
    await expect(publish.execute(it1, { id, note: 'mine' })).rejects.toMatchObject({
      code: expect.stringMatching(/forbidden/) as string,
    });
  });

  it('shows its end among the rights of its agent, and is gone after it', async () => {
    const { versionId, expiresAt } = await drafted();
    await publish.execute(it1, { id: versionId, note: 'fine' });
    const rights = new AgentRightsQueries(organisation.db, new AgentQueries(organisation.db));
    const { items } = await rights.get(security, organisation.agentIds.coder);
    expect(items.find(({ tool }) => tool.name === 'refund')).toMatchObject({
      effect: 'allow',
      rules: [{ expiresAt: expiresAt.toISOString() }],
    });
    await new RevokeAccessGrant(organisation.runtime).execute(security, {
      id: versionId,
      reason: 'enough',
    });
    const after = await rights.get(security, organisation.agentIds.coder);
    expect(after.items.map(({ effect }) => effect)).toEqual(['deny', 'deny']);
  });
});

describe('a policy for people', () => {
  const RULE = (groups: string) =>
    CODER_SHOPS.replace('agents: { names: [coder] }', `people: { groups: [${groups}] }`);

  it('names groups that there are', async () => {
    const now = new Date();
    await organisation.db.group.create({
      data: {
        id: newId(),
        displayName: 'Sales',
        displayNameFolded: 'sales',
        createdAt: now,
        updatedAt: now,
      },
    });
    await propose.execute(security, { name: 'p', text: RULE('Sales'), note: 'new' });
    await expect(
      propose.execute(security, { name: 'q', text: RULE('sales'), note: 'new' }),
    ).rejects.toMatchObject({
      problems: [{ message: expect.stringContaining('no group `sales`') as string }],
    });
  });

  it('is what a fresh installation starts with, the sandbox too', async () => {
    const sandbox = new URL('../../../apps/sandbox/src/policies/people.yaml', import.meta.url);
    const rulesIn = (text: string) => parsePolicy(text, { holdAvailable: false }).rules;
    const [rule] = rulesIn(PEOPLE_POLICY.text) ?? [];
    expect(rule).toMatchObject({ effect: 'allow', people: { groups: null }, expiresAtMs: null });
    expect(readFileSync(sandbox, 'utf8')).toBe(PEOPLE_POLICY.text);
    await new SeedPolicy(organisation.runtime).execute(systemActor('spec'), PEOPLE_POLICY);
    expect(await organisation.db.policyVersion.count({ where: { state: 'active' } })).toBe(1);
  });
});

describe('a rule that ended', () => {
  it('is rejected when it is new, and bars no denial once it was in force', async () => {
    const ended = CODER_SHOPS.replace(ALWAYS, `${ALWAYS}    expiresAt: 2020-01-01T00:00:00Z\n`);
    await expect(
      propose.execute(security, { name: 'p', text: ended, note: 'new' }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
    // As if it had been published when its end was still to come.
    const policyId = newId();
    await organisation.db.policy.create({
      data: { id: policyId, name: 'old', description: '', createdAt: new Date() },
    });
    const { coder } = organisation.agentIds;
    const bindings = [
      { kind: 'agent', name: 'coder', id: coder },
      { kind: 'server', name: 'shop', id: organisation.serverId },
    ];
    const version = { id: newId(), policyId, number: 1, text: ended, bindings, note: 'old' };
    await organisation.db.policyVersion.create({
      data: { ...version, proposedAt: new Date(), state: 'active' },
    });
    const { id } = await deny.execute(security, {
      agentId: organisation.agentIds.coder,
      toolId: organisation.toolIds.refund,
      reason: 'stop it now',
    });
    await publish.execute(second, { id, note: 'agreed' });
  });
});
