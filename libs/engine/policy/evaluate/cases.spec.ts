import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { JsonObject } from '#libs/platform/kernel';
import {
  canList,
  compileAbility,
  compilePolicy,
  decide,
  packAbility,
  parsePolicy,
  toCallRules,
  type PackedAbility,
  type Rule,
} from '../index.js';
import { bindAll, idOf } from './bind-all.fixture.js';

// Policies as data: cases/*.yaml hold a policy, the tools and agents there are, and calls with the
// decision that each must get. Ids are `id-of-<name>`, so that a name taken for an id shows.
const caseFile = z.strictObject({
  policy: z.string(),
  agents: z.array(
    z.strictObject({
      name: z.string(),
      team: z.string(),
      riskTier: z.enum(['low', 'medium', 'high']).default('low'),
      tags: z.array(z.string()).default([]),
    }),
  ),
  tools: z.array(
    z.strictObject({
      server: z.string(),
      name: z.string(),
      classification: z.enum(['read', 'write', 'destructive']).default('write'),
      annotations: z.record(z.string(), z.union([z.boolean(), z.string()])).default({}),
    }),
  ),
  calls: z
    .array(
      z.strictObject({
        name: z.string(),
        call: z.strictObject({
          agent: z.string(),
          tool: z.string(),
          /** The groups of the person for whom the agent acts; left out, it acts for nobody. */
          groups: z.array(z.string()).optional(),
          now: z.iso.datetime().default('2030-01-01T00:00:00Z'),
          arguments: z.custom<JsonObject>((value) => typeof value === 'object' && value !== null),
        }),
        expect: z.record(z.string(), z.string().nullable()).refine((value) => 'effect' in value),
      }),
    )
    .min(1),
});

const folder = new URL('./cases/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

it('finds the cases', () => {
  expect(files.length).toBeGreaterThanOrEqual(5);
});

describe.each(files)('%s', (file) => {
  const { policy, agents, tools, calls } = caseFile.parse(
    parse(readFileSync(new URL(file, folder), 'utf8')),
  );
  const published = [
    {
      policyVersionId: 'version-1',
      policyName: 'case',
      rules: toCallRules(rulesOf(policy), bindAll(rulesOf(policy))),
    },
  ];
  const registered = tools.map((tool) => ({
    ...tool,
    id: `id-of-${tool.server}/${tool.name}`,
    serverId: idOf(tool.server),
    inputSchema: { type: 'object' },
  }));
  const snapshot = compilePolicy(
    published,
    registered,
    agents.map(({ team, ...agent }) => ({
      ...agent,
      id: idOf(agent.name),
      teamId: idOf(team),
    })),
  );

  it.each(calls)('$name', ({ call, expect: expected }) => {
    const decision = decide(snapshot, {
      agentId: `id-of-${call.agent}`,
      toolId: `id-of-${call.tool}`,
      arguments: call.arguments,
      now: new Date(call.now),
      ...(call.groups === undefined ? {} : { person: { groupIds: call.groups.map(idOf) } }),
    });
    expect(decision).toMatchObject(expected);
    expect(decision.policyVersionId).toBe(decision.rule === null ? null : 'version-1');
  });

  // The same table holds what an agent evaluates for itself equal to what the gateway decides.
  it.each(calls)('$name: the packed ability says the same', ({ call }) => {
    const [agentId, now] = [`id-of-${call.agent}`, new Date(call.now)];
    const person = call.groups === undefined ? null : { groupIds: call.groups.map(idOf) };
    const listed = registered.filter(({ id }) => canList(snapshot, agentId, id, now, person));
    const ability = packAbility(snapshot, {
      agentId,
      tools: listed.map((tool) => ({ ...tool, isBlocked: false })),
      isForPerson: person !== null,
      now,
    });
    const [server = '', tool = ''] = call.tool.split('/');
    // As it arrives: over the wire.
    const advise = compileAbility(JSON.parse(JSON.stringify(ability)) as PackedAbility);
    const toolId = `id-of-${call.tool}`;
    const { effect, agentEffect } = decide(snapshot, {
      agentId,
      toolId,
      arguments: call.arguments,
      now,
      person,
    });
    const marked = { allow: person === null ? 'allow' : 'ask', hold: 'ask', deny: 'deny' };
    const isListed = listed.some(({ id }) => id === toolId);
    const advice = advise({ server, tool, arguments: call.arguments, now });
    expect(advice).toBe(isListed ? marked[agentEffect] : 'deny');
    expect(advice === 'allow' && effect !== 'allow').toBe(false);
  });
});

function rulesOf(text: string): Rule[] {
  const parsed = parsePolicy(text, { holdAvailable: true });
  if (parsed.rules === null) throw new Error(JSON.stringify(parsed.problems));
  return parsed.rules;
}
