import type { JsonObject } from '#libs/platform/kernel';
import { decideTogether, type Decision } from '../compile/decision.js';
import type { PersonFacts } from '../compile/facts.js';
import { evaluatePerson, evaluateSide } from './evaluate-side.js';
import type { RightsSet } from '../compile/rights-set.js';
import type { PolicySnapshot } from '../compile/snapshot.js';

/** One call to be decided: ids of the registry, and arguments as `compileArguments` bound them. */
export interface DecisionRequest {
  readonly agentId: string;
  readonly toolId: string;
  readonly arguments: JsonObject;
  /** When: rules may end. Record it with the decision, or it cannot be evaluated again alike. */
  readonly now: Date;
  /** For whom the agent acts, as far as that is proven. */
  readonly person?: PersonFacts | null;
}

/**
 * Decides one call: for the agent, and if it acts for a person once more for them; the stricter answer
 * wins (invariant I8). Total: whatever goes wrong inside is a deny with the code `policy_error`.
 */
export function decide(snapshot: PolicySnapshot, request: DecisionRequest): Decision {
  const { person } = request;
  const agent = evaluateSide(snapshot, request, snapshot.rightsOfAgent(request.agentId));
  if (person === null || person === undefined) return agent;
  return decideTogether(agent, evaluatePerson(snapshot, request, person));
}

/**
 * Whether the tool is among what the agent may call, for this person if there is one: some rule allows
 * or holds it, and none always denies it.
 */
export function canList(
  snapshot: PolicySnapshot,
  agentId: string,
  toolId: string,
  now: Date,
  person?: PersonFacts | null,
): boolean {
  try {
    const lists = (rights: RightsSet | null): boolean => {
      if (rights === null) return false;
      const table = snapshot.table(rights, toolId, now);
      return 'listed' in table && table.listed;
    };
    if (!lists(snapshot.rightsOfAgent(agentId))) return false;
    return person === null || person === undefined || lists(snapshot.rightsOfPerson(person));
  } catch {
    return false;
  }
}
