import { setImmediate } from 'node:timers/promises';
import {
  createCallAbility,
  decideWithCasl,
  personFactsDigest,
  type AgentFacts,
  type Effect,
  type PersonFacts,
  type ToolFacts,
} from '#libs/engine/policy';
import { loadPublishedRules } from '#libs/governance/policies';
import { loadAgentFacts } from '#libs/registry/agents';
import { loadToolFacts } from '#libs/registry/catalog';
import { readEpochSections, type Tx } from '#libs/platform/db';
import { isObject, type JsonObject } from '#libs/platform/kernel';
import type { RuleRef, SampledDecision } from './decision-checks.sql.js';

/** A call whose recorded decision is not what CASL says. */
export interface Mismatch extends RuleRef {
  readonly callId: string;
  readonly recorded: Effect;
  readonly evaluated: Effect;
}

/** What a round found. */
export interface Comparison {
  /** How many were looked at, from the first: the others did not fit into the time. */
  readonly looked: number;
  readonly match: number;
  readonly notComparable: number;
  readonly mismatches: readonly Mismatch[];
}

/** One decision's answer; null: not comparable. */
type Compare = (one: SampledDecision) => Mismatch | 'match' | null;

/**
 * Evaluates recorded decisions again with CASL, by the rules and facts of their epoch, for `maxMs` at most.
 * They are known as long as they are today's: once the registry has changed after a call, or the person's
 * facts may have for a call on somebody's behalf, or its arguments were erased, it is not comparable.
 */
export const compareDecisions = async (
  tx: Tx,
  drawn: readonly SampledDecision[],
  maxMs: number,
): Promise<Comparison> => {
  const deadline = performance.now() + maxMs;
  const compare = await comparison(tx, drawn);
  const mismatches: Mismatch[] = [];
  let [looked, match, notComparable] = [0, 0, 0];
  for (const one of drawn) {
    if (looked > 0 && performance.now() > deadline) break;
    const answer = compare(one);
    looked += 1;
    if (answer === null) notComparable += 1;
    else if (answer === 'match') match += 1;
    else mismatches.push(answer);
    // Arguments may be large, and the worker does other work, too.
    await setImmediate();
  }
  return { looked, match, notComparable, mismatches };
};

const comparison = async (tx: Tx, drawn: readonly SampledDecision[]): Promise<Compare> => {
  const sections = await readEpochSections(tx);
  const isOfToday = ({ data, arguments: args }: SampledDecision): boolean =>
    args !== null && sections.registry <= data.epoch;
  // Nothing needs to be loaded for what is not comparable anyway.
  if (!drawn.some(isOfToday)) return () => null;
  const evaluate = await evaluation(tx, drawn);
  return (one) => (isOfToday(one) ? evaluate(one, sections.people <= one.data.epoch) : null);
};

/** Null also for what is about something that is not registered. */
const evaluation = async (tx: Tx, drawn: readonly SampledDecision[]) => {
  const ability = createCallAbility(await loadPublishedRules(tx));
  const agents = byId(await loadAgentFacts(tx));
  const tools = byId(await loadToolFacts(tx));
  const people = await peopleOf(tx, drawn);
  return (one: SampledDecision, arePeopleOfToday: boolean): ReturnType<Compare> => {
    const agent: AgentFacts | undefined = agents.get(one.agentId);
    const tool: ToolFacts | undefined = tools.get(one.data.toolId);
    const { personId, rule, policyVersionId, decision } = one.data;
    const person = personId === undefined ? null : people.get(personId);
    if (agent === undefined || tool === undefined || person === undefined) return null;
    if (person !== null && !arePeopleOfToday && !isAsRecorded(one, person)) return null;
    const decideOver = (args: JsonObject) =>
      decideWithCasl(ability, { agent, tool, person, arguments: args, now: one.at });
    const said = decideOver(argumentsOf(one));
    // A tool that the caller may not list is denied without a look at its arguments.
    if (isSame(one, said) || (decision === 'deny' && isSame(one, decideOver({})))) return 'match';
    const { callId } = one;
    return { callId, rule, policyVersionId, recorded: decision, evaluated: said.effect };
  };
};

const argumentsOf = ({ arguments: text }: SampledDecision): JsonObject => {
  const args: unknown = JSON.parse(text ?? '{}');
  return isObject(args) ? args : {};
};

/** Whether a person is today, as far as policies may ask, who they were when the call was decided. */
const isAsRecorded = ({ explanation }: SampledDecision, person: PersonFacts): boolean => {
  const recorded: unknown = JSON.parse(explanation ?? 'null');
  return isObject(recorded) && recorded['personFactsDigest'] === personFactsDigest(person);
};

const isSame = (
  { data: { decision, agentDecision, personDecision } }: SampledDecision,
  said: ReturnType<typeof decideWithCasl>,
): boolean =>
  said.effect === decision &&
  said.agentEffect === (agentDecision ?? said.agentEffect) &&
  said.personEffect === (personDecision ?? said.personEffect);

const peopleOf = async (
  tx: Tx,
  drawn: readonly SampledDecision[],
): Promise<Map<string, PersonFacts>> => {
  const ids = [...new Set(drawn.flatMap(({ data }) => data.personId ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await tx.person.findMany({
    where: { id: { in: ids } },
    select: { id: true, groups: { select: { groupId: true } } },
  });
  return new Map(
    rows.map(({ id, groups }) => [id, { groupIds: groups.map(({ groupId }) => groupId) }]),
  );
};

const byId = <T extends { id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]));
