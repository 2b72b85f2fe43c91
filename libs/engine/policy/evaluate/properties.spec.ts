import { propertyRuns } from '#libs/dev/property-runs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compileAbility,
  compilePolicy,
  createCallAbility,
  decide,
  decideWithCasl,
  explain,
  canList,
  packAbility,
  parsePolicy,
  toCallRules,
  type Effect,
  type PackedAbility,
  type PolicySnapshot,
  type PublishedRules,
  type RuleSource,
} from '../index.js';
import type { DecisionRequest } from './decide.js';
import { bindAll } from './bind-all.fixture.js';
import { renamings, republish, withoutPlaces } from './renamings.fixture.js';
import { CallSubject } from './casl.js';
import { AGENTS, calls, MOMENTS, PEOPLE, rule, rules, TOOLS } from './arbitraries.fixture.js';
import {
  condition,
  reference,
  selects,
  side,
  type ReferenceCall as Call,
} from './reference.fixture.js';

// Each run draws a rule set and twenty calls. The default takes seconds; P2's millions are for
// POLICY_PROPERTY_RUNS=100000 (run it after a change to the evaluator).
const FULL_RUNS = Number(process.env['POLICY_PROPERTY_RUNS'] ?? 300);
const RUNS = propertyRuns(FULL_RUNS);
const PATIENCE = { timeout: 30_000 + RUNS * 20 };

function publish(sources: RuleSource[]): PublishedRules[] {
  const parsed = parsePolicy(JSON.stringify({ rules: sources }), { holdAvailable: true });
  if (parsed.rules === null) throw new Error(JSON.stringify(parsed.problems));
  return [
    {
      policyVersionId: 'v',
      policyName: 'p',
      rules: toCallRules(parsed.rules, bindAll(parsed.rules)),
    },
  ];
}
const snapshotOf = (sources: RuleSource[]): PolicySnapshot =>
  compilePolicy(publish(sources), TOOLS, AGENTS);
const request = ({ agent: one, person, now, tool: other, args: given }: Call) => ({
  agentId: one.id,
  toolId: other.id,
  arguments: given,
  now,
  person,
});
/** How much an answer permits. */
const PERMITS = { deny: 0, hold: 1, allow: 2 };
/** Whether more is permitted with the person than without, when calls are decided by `answer`. */
const widens = (answer: (snapshot: PolicySnapshot, one: Call) => Effect) =>
  fc.property(rules, calls, (sources, drawn) => {
    const snapshot = snapshotOf(sources);
    for (const one of drawn) {
      const alone = decide(snapshot, { ...request(one), person: null }).effect;
      expect(PERMITS[answer(snapshot, one)]).toBeLessThanOrEqual(PERMITS[alone]);
    }
  });
function holds(isTrue: (snapshot: PolicySnapshot, sources: RuleSource[], one: Call) => void): void {
  const property = fc.property(rules, calls, (sources, drawn) => {
    const snapshot = snapshotOf(sources);
    for (const one of drawn) isTrue(snapshot, sources, one);
  });
  fc.assert(property, { numRuns: RUNS });
}

describe('the properties of deciding', PATIENCE, () => {
  it('agrees with an independent reference on whose answer it is, effect and rule (P2)', () => {
    holds((snapshot, sources, one) => {
      const decision = decide(snapshot, request(one));
      expect(decision).toMatchObject(reference(sources, one));
    });
  });

  it('answers alike whatever was asked of the same snapshot before (P8)', () => {
    fc.assert(
      fc.property(rules, calls, (sources, drawn) => {
        const used = snapshotOf(sources);
        for (const one of [...drawn, ...drawn.toReversed()]) {
          expect(decide(used, request(one))).toEqual(decide(snapshotOf(sources), request(one)));
        }
      }),
      { numRuns: Math.ceil(RUNS / 10) },
    );
  });

  it('never permits more for a person than without one: delegation only narrows (I8)', () => {
    fc.assert(
      widens((snapshot, one) => decide(snapshot, request(one)).effect),
      { numRuns: RUNS },
    );
  });

  it('would notice if the person alone were asked, or the kinder of the two (I8)', () => {
    const person = (snapshot: PolicySnapshot, one: Call): Effect => {
      const { agentEffect, personEffect } = decide(snapshot, request(one));
      return personEffect ?? agentEffect;
    };
    const kinder = (snapshot: PolicySnapshot, one: Call): Effect => {
      const { agentEffect } = decide(snapshot, request(one));
      const persons = person(snapshot, one);
      return PERMITS[persons] > PERMITS[agentEffect] ? persons : agentEffect;
    };
    for (const broken of [person, kinder]) {
      expect(fc.check(widens(broken), { numRuns: FULL_RUNS }).failed).toBe(true);
    }
  });

  it('decides alike whatever things are called, and so does the text with their names (P11)', () => {
    fc.assert(
      fc.property(rules, calls, renamings, (sources, drawn, renaming) => {
        const [published] = publish(sources);
        const agents = AGENTS.map((one) => ({ ...one, name: renaming.agent(one.name) }));
        const tools = TOOLS.map((one) => ({ ...one, server: renaming.server(one.server) }));
        const [before, after] = [
          snapshotOf(sources),
          compilePolicy(publish(sources), tools, agents),
        ];
        for (const one of drawn) {
          expect(decide(after, request(one))).toEqual(decide(before, request(one)));
        }
        expect(republish(sources, renaming)).toEqual(published?.rules.map(withoutPlaces));
      }),
      { numRuns: RUNS },
    );
  });

  it('agrees with CASL over the same raw rules', () => {
    fc.assert(
      fc.property(rules, calls, (sources, drawn) => {
        const snapshot = snapshotOf(sources);
        const ability = createCallAbility(publish(sources));
        for (const one of drawn) {
          const decision = decide(snapshot, request(one));
          const { agent, person, tool, now } = one;
          const call = { agent, person, tool, now, arguments: one.args };
          const subjects = (
            person === null ? (['agent'] as const) : (['agent', 'person'] as const)
          ).map((principal) => new CallSubject(principal, call));
          expect(subjects.every((subject) => ability.can('call', subject))).toBe(
            decision.effect === 'allow',
          );
          const deciding = subjects.map(
            (subject) => ability.relevantRuleFor('call', subject)?.conditions,
          );
          const effects = deciding.map((conditions) => conditions?.effect ?? 'deny');
          expect(effects).toEqual(
            [decision.agentEffect, decision.personEffect].filter((effect) => effect !== null),
          );
          expect(deciding[decision.principal === 'agent' ? 0 : 1]?.rule ?? null).toBe(
            decision.rule,
          );
          const { effect, rule: name, agentEffect, personEffect } = decision;
          expect(decideWithCasl(ability, call)).toEqual({
            effect,
            rule: name,
            agentEffect,
            personEffect,
          });
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('advises an agent by its packed rules as it decides, and asks only where they are marked', () => {
    fc.assert(
      fc.property(rules, calls, (sources, drawn) => {
        const snapshot = snapshotOf(sources);
        for (const one of drawn) {
          const { agent, person, now, tool } = one;
          const tools = TOOLS.filter(({ id }) => canList(snapshot, agent.id, id, now, person));
          const ability = packAbility(snapshot, {
            agentId: agent.id,
            tools: tools.map((listed) => ({ ...listed, isBlocked: false })),
            isForPerson: person !== null,
            now,
          });
          const advise = compileAbility(JSON.parse(JSON.stringify(ability)) as PackedAbility);
          const { agentEffect, effect } = decide(snapshot, request(one));
          const marked = { allow: person === null ? 'allow' : 'ask', hold: 'ask', deny: 'deny' };
          const advice = advise({
            server: tool.server,
            tool: tool.name,
            arguments: one.args,
            now,
          });
          expect(advice).toBe(tools.includes(tool) ? marked[agentEffect] : 'deny');
          expect(advice === 'allow' && effect !== 'allow').toBe(false);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('never allows more when a deny is added or an allow is removed (P9)', () => {
    fc.assert(
      fc.property(rules, rule, fc.nat(), calls, (sources, extra, at, drawn) => {
        const before = snapshotOf(sources);
        const denied = snapshotOf([
          ...sources,
          { ...extra, effect: 'deny', name: 'added', reason: 'Because.' },
        ]);
        const allows = sources.filter((one) => one.effect === 'allow');
        const removed = allows[at % Math.max(allows.length, 1)];
        const fewer = snapshotOf(sources.filter((one) => one !== removed));
        for (const one of drawn) {
          if (decide(before, request(one)).effect === 'allow') continue;
          expect(decide(denied, request(one)).effect).not.toBe('allow');
          expect(decide(fewer, request(one)).effect).not.toBe('allow');
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('lists a tool whenever some call of it is not denied', () => {
    holds((snapshot, _, one) => {
      const isDenied = decide(snapshot, request(one)).effect === 'deny';
      const isListed = canList(snapshot, one.agent.id, one.tool.id, one.now, one.person);
      expect(isDenied || isListed).toBe(true);
      const alone = canList(snapshot, one.agent.id, one.tool.id, one.now);
      expect(isListed && !alone).toBe(false);
    });
  });

  it('explains exactly the rules that select each principal, with those that decided', () => {
    holds((snapshot, sources, one) => {
      const considered = explain(snapshot, request(one));
      const sides = [
        { principal: 'agent', who: one.agent },
        ...(one.person === null ? [] : [{ principal: 'person', who: one.person }]),
      ];
      const expected = sides.flatMap(({ principal, who }) =>
        sources
          .filter((source) => selects(source, who, one.tool, null))
          .map((source) => {
            const isInForce = selects(source, who, one.tool, one.now);
            const result = isInForce ? condition(source.when, one.args) : 'false';
            return [principal, source.name, result];
          }),
      );
      expect(
        considered.map(({ principal, rule: name, result }) => [principal, name, result]).sort(),
      ).toEqual(expected.sort());
      const decided = considered.filter((consideration) => consideration.isDecisive);
      const alone = sides.map(({ who }) => side(sources, who, one.tool, one.args, one.now).rule);
      expect(decided.map(({ rule: name }) => name)).toEqual(alone.filter((name) => name !== null));
    });
  });

  it('answers every request, whatever is handed in (P1)', () => {
    const anything = fc.record({
      arguments: fc.anything(),
      now: fc.oneof(fc.constantFrom(...MOMENTS), fc.anything()),
      person: fc.oneof(fc.constantFrom(...PEOPLE), fc.anything()),
    });
    fc.assert(
      fc.property(rules, anything, (sources, given) => {
        const { effect, code } = decide(snapshotOf(sources), {
          agentId: 'id-of-one',
          toolId: 'id-of-s-read',
          ...(given as Pick<DecisionRequest, 'arguments' | 'now' | 'person'>),
        });
        expect(['allow', 'hold', 'deny']).toContain(effect);
        expect(code === 'policy_error' && effect !== 'deny').toBe(false);
      }),
      { numRuns: RUNS },
    );
  });
});
