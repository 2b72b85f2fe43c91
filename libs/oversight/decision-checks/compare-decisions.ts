import { setImmediate } from 'node:timers/promises';
import {
  createCallAbility,
  decideWithCasl,
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
import type { SampledDecision } from './decision-checks.sql.js';

/** A call whose recorded decision is not what CASL says. */
export interface Mismatch {
  readonly callId: string;
  readonly recorded: Effect;
  readonly evaluated: Effect;
}

/** What a round found. */
export interface Comparison {
  readonly match: number;
  readonly notComparable: number;
  readonly mismatches: readonly Mismatch[];
}

/**
 * Evaluates recorded decisions again with CASL, by the rules and facts of their epoch. These are known as
 * long as they are today's: once the registry has changed after a call, or people have for a call on
 * somebody's behalf, or its arguments were erased, it is not comparable.
 */
export const compareDecisions = async (
  tx: Tx,
  drawn: readonly SampledDecision[],
): Promise<Comparison> => {
  const sections = await readEpochSections(tx);
  const isKnown = ({ data, arguments: args }: SampledDecision): boolean =>
    args !== null &&
    sections.registry <= data.epoch &&
    (data.personId === undefined || sections.people <= data.epoch);
  const known = drawn.filter(isKnown);
  const evaluated = known.length === 0 ? [] : await evaluate(tx, known);
  const compared = evaluated.filter((one) => one !== null);
  const mismatches = compared.filter((one) => one.isMismatch).map(({ mismatch }) => mismatch);
  return {
    match: compared.length - mismatches.length,
    notComparable: drawn.length - compared.length,
    mismatches,
  };
};

/** Null for what is about something that is not registered. */
const evaluate = async (tx: Tx, known: readonly SampledDecision[]) => {
  const ability = createCallAbility(await loadPublishedRules(tx));
  const agents = byId(await loadAgentFacts(tx));
  const tools = byId(await loadToolFacts(tx));
  const people = await peopleOf(tx, known);
  const evaluateOne = (one: SampledDecision) => {
    const agent: AgentFacts | undefined = agents.get(one.agentId);
    const tool: ToolFacts | undefined = tools.get(one.data.toolId);
    const { personId } = one.data;
    const person = personId === undefined ? null : people.get(personId);
    if (agent === undefined || tool === undefined || person === undefined) return null;
    const decideOver = (args: JsonObject) =>
      decideWithCasl(ability, { agent, tool, person, arguments: args, now: one.at });
    const said = decideOver(argumentsOf(one));
    const { decision } = one.data;
    // A tool that the caller may not list is denied without a look at its arguments.
    const isMatch = isSame(one, said) || (decision === 'deny' && isSame(one, decideOver({})));
    const mismatch = { callId: one.callId, recorded: decision, evaluated: said.effect };
    return { isMismatch: !isMatch, mismatch };
  };
  const compared = [];
  for (const one of known) {
    compared.push(evaluateOne(one));
    // Arguments may be large, and the worker does other work, too.
    await setImmediate();
  }
  return compared;
};

const argumentsOf = ({ arguments: text }: SampledDecision): JsonObject => {
  const args: unknown = JSON.parse(text ?? '{}');
  return isObject(args) ? args : {};
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
  known: readonly SampledDecision[],
): Promise<Map<string, PersonFacts>> => {
  const ids = [...new Set(known.flatMap(({ data }) => data.personId ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await tx.person.findMany({
    where: { id: { in: ids } },
    select: { id: true, groups: { select: { group: { select: { displayName: true } } } } },
  });
  return new Map(
    rows.map(({ id, groups }) => [id, { groups: groups.map(({ group }) => group.displayName) }]),
  );
};

const byId = <T extends { id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]));
