import { loadPublishedRules } from '#libs/governance/policies';
import { newId } from '#libs/platform/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startScimGate, type ScimGate, type TestScimClient } from './scim.fixture.js';

let gate: ScimGate;
let client: TestScimClient;

beforeAll(async () => {
  gate = await startScimGate();
  client = await gate.connect();
});

afterAll(() => gate.close());

const addGroup = async (displayName: string, by = client): Promise<string> =>
  (await by.send('POST', '/Groups', { displayName })).body.id;
const rule = (name: string, effect: string, groups: string[]) =>
  `  - { name: ${name}, effect: ${effect}, people: { groups: [${groups.join(', ')}] }, tools: { all: true }, when: { always: true }, reason: x }\n`;
/** A policy in force about these groups; answers its id. */
const inForce = async (rules: string, groups: Record<string, string>): Promise<string> => {
  const [policyId, at] = [newId(), new Date()];
  await gate.db.policy.create({
    data: { id: policyId, name: `policy-${policyId}`, description: '', createdAt: at },
  });
  await gate.db.policyVersion.create({
    data: {
      id: newId(),
      policyId,
      number: 1,
      text: `rules:\n${rules}`,
      bindings: Object.entries(groups).map(([name, id]) => ({ kind: 'group', name, id })),
      note: '',
      proposedAt: at,
      state: 'active',
    },
  });
  return policyId;
};
const selectedBy = async (policyId: string) =>
  (await loadPublishedRules(gate.db))
    .filter((policy) => policy.policyId === policyId)
    .flatMap(({ rules }) => rules.map(({ conditions }) => conditions.people?.groupIds));
const alertsAbout = async (policyId: string) =>
  (await gate.db.alert.findMany({ where: { subjectId: policyId }, orderBy: { id: 'asc' } })).map(
    ({ kind, message }) => `${kind}: ${message}`,
  );
const epoch = async () => (await gate.db.epoch.findUniqueOrThrow({ where: { id: 1 } })).value;

describe('a group that a rule names', () => {
  it('is renamed and written in another case: no right changes', async () => {
    const id = await addGroup('Trainees');
    const policyId = await inForce(rule('no-trainees', 'deny', ['Trainees']), { Trainees: id });
    const before = await epoch();
    for (const value of ['TRAINEES', 'Newcomers']) {
      const patch = { Operations: [{ op: 'replace', path: 'displayName', value }] };
      expect((await client.send('PATCH', `/Groups/${id}`, patch)).status).toBe(204);
    }
    expect(await epoch()).toBe(before);
    expect(await selectedBy(policyId)).toEqual([[id]]);
    expect(await alertsAbout(policyId)).toEqual([]);
  });

  it('is deleted: the denial stays bound to it, people are told, and the name is worth nothing', async () => {
    const [one, two] = [await addGroup('One'), await addGroup('Two')];
    const rules = [
      rule('no-ones', 'deny', ['One']),
      rule('no-ones-and-twos', 'deny', ['One', 'Two']),
      rule('ones-may', 'allow', ['One']),
    ].join('');
    const policyId = await inForce(rules, { One: one, Two: two });
    expect((await client.send('DELETE', `/Groups/${one}`)).status).toBe(204);
    const [alert, ...others] = await alertsAbout(policyId);
    expect(alert).toMatch(
      /^rule_without_subject: The rule no-ones of the policy policy-\S+, which is a deny, selects nothing any more, because the group One was deleted\./,
    );
    expect(others).toEqual([]);
    const elsewhere = await gate.connect();
    const again = await addGroup('One', elsewhere);
    expect(again).not.toBe(one);
    expect(await selectedBy(policyId)).toEqual([[one], [one, two], [one]]);
    // The second of a rule's two groups is its last.
    expect((await client.send('DELETE', `/Groups/${two}`)).status).toBe(204);
    expect(await alertsAbout(policyId)).toHaveLength(2);
  });

  it('is none: nobody is told', async () => {
    const before = await gate.db.alert.count();
    const id = await addGroup('Unnamed');
    await client.send('DELETE', `/Groups/${id}`);
    expect(await gate.db.alert.count()).toBe(before);
  });
});
