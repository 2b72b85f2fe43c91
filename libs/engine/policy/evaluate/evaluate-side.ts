import type { JsonObject } from '#libs/platform/kernel';
import type { Decision } from '../compile/decision.js';
import type { PersonFacts } from '../compile/facts.js';
import { POLICY_ERROR, UNKNOWN_AGENT } from '../compile/default-denials.js';
import type { RightsSet } from '../compile/rights-set.js';
import type { PolicySnapshot } from '../compile/snapshot.js';
import { evaluate } from '../compile/tool-table.js';

/** A call, without whose side is evaluated. */
export interface EvaluatedCall {
  readonly toolId: string;
  readonly arguments: JsonObject;
  readonly now: Date;
}

/**
 * What one principal's rules say, as if they were alone; without rights it is an unknown agent.
 * Total: an error denies.
 */
export function evaluateSide(
  snapshot: PolicySnapshot,
  { toolId, arguments: args, now }: EvaluatedCall,
  rights: RightsSet | null,
): Decision {
  try {
    if (rights === null) return UNKNOWN_AGENT;
    const table = snapshot.table(rights, toolId, now);
    return 'effect' in table ? table : evaluate(table, args);
  } catch {
    return POLICY_ERROR;
  }
}

/** The person's side, as {@link evaluateSide}; what is wrong with the person denies, too. */
export function evaluatePerson(
  snapshot: PolicySnapshot,
  call: EvaluatedCall,
  person: PersonFacts,
): Decision {
  try {
    return evaluateSide(snapshot, call, snapshot.rightsOfPerson(person));
  } catch {
    return POLICY_ERROR;
  }
}
