import { newId } from '#libs/platform/kernel';
import type { PersonActor } from '#libs/dev/testing';
import { Database } from '#libs/platform/db';
import type { AccessEnded, CommandContext } from '#libs/engine/commands';
import { beforeEach, describe, expect } from 'vitest';
import { loadPublishedRules, onAccessEnded, PolicyQueries, PolicyVersionQueries } from './index.js';
import {
  createTestPublication,
  itWithPolicyOrganisation as it,
  type TestPolicyOrganisation,
  type TestPublication,
} from './policies.fixture.js';

let organisation: TestPolicyOrganisation;
let db: Database;
let propose: TestPublication['propose'];
let deny: TestPublication['deny'];
let publish: TestPublication['publish'];
let one: PersonActor;
let two: PersonActor;
let teamName: string;

const textFor = (team: string, name = 'by-team') =>
  `rules:\n  - { name: ${name}, effect: deny, agents: { teams: [${team}] }, tools: { servers: [shop] }, when: { always: true }, reason: x }\n`;
const proposed = (text: string, basis?: { policyId: string; versionId: string }) =>
  propose.execute(
    one,
    basis === undefined
      ? { name: `policy-${newId()}`, text, note: 'why not' }
      : { policyId: basis.policyId, basedOnId: basis.versionId, text, note: 'why not' },
  );
const published = async (text: string, basis?: { policyId: string; versionId: string }) => {
  const { id } = await proposed(text, basis);
  await publish.execute(two, { id, note: 'agreed' });
  const { policyId } = await db.policyVersion.findUniqueOrThrow({ where: { id } });
  return { policyId, versionId: id };
};
const teamsOf = async (policyId: string) =>
  (await loadPublishedRules(db))
    .filter((policy) => policy.policyId === policyId)
    .flatMap(({ rules }) => rules.map(({ conditions }) => conditions.agents?.teamIds ?? null));
const rename = async (name: string) => {
  await db.team.update({ where: { id: organisation.teamId }, data: { name } });
  teamName = name;
};
const freshName = () => `team-${newId()}`;
/** Another team with an agent, under this name. */
const addTeam = async (name: string): Promise<string> => {
  const id = newId();
  await db.team.create({ data: { id, name } });
  const { ownerId } = await db.agent.findFirstOrThrow();
  const agent = { purpose: 'x', state: 'active', riskTier: 'low' } as const;
  const at = { createdAt: new Date(), updatedAt: new Date() };
  await db.agent.create({
    data: {
      ...agent,
      ...at,
      id: newId(),
      name: `agent-${newId()}`,
      tags: [],
      ownerId,
      teamId: id,
    },
  });
  return id;
};

it.beforeAll(async ({ shared }) => {
  organisation = shared;
  db = organisation.db;
  ({ propose, deny, publish } = createTestPublication(organisation.runtime));
  one = await organisation.addPerson(['security']);
  two = await organisation.addPerson(['security']);
});

beforeEach(async () => {
  const data = { state: 'archived', archivedAt: new Date() } as const;
  await db.policyVersion.updateMany({ where: { state: 'active' }, data });
  await rename(freshName());
});

describe('a version’s names', () => {
  it('are bound when it is proposed, and no right of ours changes that', async () => {
    const { policyId, versionId } = await published(textFor(teamName));
    expect(await teamsOf(policyId)).toEqual([[organisation.teamId]]);
    const { bindings } = await db.policyVersion.findUniqueOrThrow({ where: { id: versionId } });
    expect(bindings).toEqual([
      { kind: 'server', name: 'shop', id: organisation.serverId },
      { kind: 'team', name: teamName, id: organisation.teamId },
    ]);
    await expect(
      db.policyVersion.update({ where: { id: versionId }, data: { bindings: [] } }),
    ).rejects.toThrow(/permission denied/);
  });

  it('are not published when one has become another’s, or nobody’s, since', async () => {
    const before = teamName;
    const { id } = await proposed(textFor(before));
    await rename(freshName());
    const other = await addTeam(before);
    await expect(publish.execute(two, { id, note: 'agreed' })).rejects.toMatchObject({
      code: 'invalid_input',
      problems: [{ message: expect.stringContaining('another has the name') as string }],
    });
    await db.agent.updateMany({ where: { teamId: other }, data: { teamId: organisation.teamId } });
    await db.team.update({ where: { id: other }, data: { name: freshName() } });
    // Renamed alone, it is the same still.
    await publish.execute(two, { id, note: 'agreed' });
  });

  it('are not published when what they stood for is gone and was made again', async () => {
    const at = { createdAt: new Date(), updatedAt: new Date() };
    const named = { displayName: 'Gone', displayNameFolded: 'gone', ...at };
    const [first, second] = [newId(), newId()];
    await db.group.create({ data: { id: first, ...named } });
    const text = textFor(teamName).replace(/agents: {[^}]*}/, 'people: { groups: [Gone] }');
    const { id } = await proposed(text);
    await db.group.delete({ where: { id: first } });
    await expect(publish.execute(two, { id, note: 'agreed' })).rejects.toMatchObject({
      problems: [{ message: expect.stringContaining('There is no group `Gone`') as string }],
    });
    await db.group.create({ data: { id: second, ...named } });
    await expect(publish.execute(two, { id, note: 'agreed' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('The group `Gone` is another one now') as string,
    });
    await db.group.delete({ where: { id: second } });
  });

  it('stay what they were in the next version, and are never silently another’s', async () => {
    const before = teamName;
    const basis = await published(textFor(before));
    await rename(freshName());
    const next = await published(textFor(before, 'renamed-rule'), basis);
    expect(await teamsOf(next.policyId)).toEqual([[organisation.teamId]]);
    await addTeam(before);
    await expect(proposed(textFor(before, 'third'), next)).rejects.toMatchObject({
      code: 'invalid_input',
      problems: [{ message: expect.stringContaining('another has the name') as string }],
    });
    const { policyId } = await published(textFor(teamName, 'third'), next);
    expect(await teamsOf(policyId)).toEqual([[organisation.teamId]]);
  });

  it('are shown as they are today, beside the text as it was decided', async () => {
    const before = teamName;
    const { policyId, versionId } = await published(textFor(before));
    await rename(freshName());
    const shown = {
      text: textFor(before),
      currentText: textFor(JSON.stringify(teamName)),
      renamed: [{ kind: 'team', name: before, currentName: teamName }],
    };
    expect(await new PolicyQueries(db).get(policyId)).toMatchObject(shown);
    expect(await new PolicyVersionQueries(db).get(two, versionId)).toMatchObject(shown);
    const valid = await new PolicyQueries(db).validate({ policyId, text: textFor(before) });
    expect(valid).toMatchObject({ valid: true, problems: [{ severity: 'warning' }] });
  });

  it('do not bar a denial: it is added to the text of today', async () => {
    const before = teamName;
    const text = textFor(before).replace('effect: deny', 'effect: allow');
    const { policyId } = await published(text);
    await rename(freshName());
    await addTeam(before);
    const { id } = await deny.execute(one, {
      agentId: organisation.agentIds.coder,
      toolId: organisation.toolIds.refund,
      reason: 'stop it now',
    });
    await publish.execute(two, { id, note: 'agreed' });
    expect(await teamsOf(policyId)).toEqual([[organisation.teamId], null]);
    await published('rules: []', { policyId, versionId: id });
  });
});

describe('a denial that selects nobody any more', () => {
  const told = async (work: () => Promise<unknown>) => {
    await db.alert.updateMany({ data: { acknowledgedAt: new Date() } });
    await work();
    const alerts = await db.alert.findMany({ where: { acknowledgedAt: null } });
    return alerts.map(({ kind }) => kind).sort();
  };
  const ended = (agentId: string, change: object | 'retired') => async () => {
    const agent = await db.agent.findUniqueOrThrow({ where: { id: agentId } });
    const before = { teamId: agent.teamId, riskTier: agent.riskTier, tags: agent.tags };
    const after = { ...before, ...(change === 'retired' ? {} : change) };
    await db.$transaction(async (tx) => {
      await tx.agent.update({
        where: { id: agentId },
        data: change === 'retired' ? { state: 'retired' } : after,
      });
      await tell(
        tx,
        change === 'retired'
          ? { kind: 'agent', id: agentId, reason: 'retired' }
          : { kind: 'agent', id: agentId, reason: 'changed', before, after },
      );
    });
  };
  const classified = (id: string, to: 'write' | 'destructive') => async () => {
    const { classification: before } = await db.tool.findUniqueOrThrow({ where: { id } });
    await db.$transaction(async (tx) => {
      await tx.tool.update({ where: { id }, data: { classification: to } });
      await tell(tx, { kind: 'tool', id, reason: 'classified', before });
    });
  };
  const nothing = () => Promise.resolve();
  const tell = (tx: CommandContext['tx'], subject: AccessEnded) => {
    const rest = {
      enqueue: nothing,
      signs: nothing,
      signsNew: nothing,
      changesRights: nothing,
      endAccess: nothing,
    };
    const rightsOf = () => Promise.reject(new Error('nobody asks for rights here'));
    const by = { actor: one, confirmedBy: null, coolingOffHours: 24 };
    return onAccessEnded({ tx, now: new Date(), ...by, rightsOf, ...rest }, subject);
  };

  it('is told once its last agent is gone, moved or tagged otherwise', async () => {
    const { ownerId } = await db.agent.findFirstOrThrow();
    const base = { purpose: 'x', state: 'active', riskTier: 'low', ownerId } as const;
    const at = { createdAt: new Date(), updatedAt: new Date() };
    const teamId = newId();
    await db.team.create({ data: { id: teamId, name: freshName() } });
    const { name: team } = await db.team.findUniqueOrThrow({ where: { id: teamId } });
    const [first, second] = [newId(), newId()];
    for (const id of [first, second]) {
      const agent = { ...base, ...at, id, name: `agent-${id}`, teamId, tags: ['mail'] };
      await db.agent.create({ data: agent });
    }
    await published(textFor(team));
    await published(textFor(team, 'by-tag').replace(`teams: [${team}]`, 'tags: [mail]'));
    expect(await told(ended(first, { teamId: organisation.teamId }))).toEqual([]);
    expect(await told(ended(second, { teamId: organisation.teamId }))).toEqual([
      'rule_without_subject',
    ]);
    expect(await told(ended(first, { tags: ['Mail'] }))).toEqual(['tagged_by_rule']);
    expect(await told(ended(first, { tags: ['Mail', 'mail'] }))).toEqual(['tagged_by_rule']);
    expect(await told(ended(first, { tags: ['mail', 'another'] }))).toEqual([]);
    expect(await told(ended(first, { tags: ['mail'], riskTier: 'high' }))).toEqual([]);
    expect(await told(ended(first, 'retired'))).toEqual([]);
    expect(await told(ended(second, 'retired'))).toEqual(['rule_without_subject']);
  });

  it('is told once its last tool is classified otherwise', async () => {
    const { refund } = organisation.toolIds;
    await classified(refund, 'destructive')();
    const tools = 'tools: { classifications: [destructive] }';
    await published(textFor(teamName).replace(/tools: {[^}]*}/, tools));
    expect(await told(classified(refund, 'destructive'))).toEqual([]);
    expect(await told(classified(refund, 'write'))).toEqual(['rule_without_subject']);
    expect(await told(classified(refund, 'write'))).toEqual([]);
  });
});
