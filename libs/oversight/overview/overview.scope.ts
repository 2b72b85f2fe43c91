import { isAllowed } from '#libs/platform/access';
import type { AgentWhereInput } from '#libs/platform/db';
import type { Actor } from '#libs/platform/kernel';
import { agentsOfReadableCalls, callScope, type CallScope } from '#libs/oversight/calls';

/** What an overview may count. */
export interface OverviewScope {
  calls: CallScope;
  /** The agents whose calls these are. */
  agents: AgentWhereInput;
  /** Whether the actor may read what people changed, and how whole the ledger is. */
  ledger: boolean;
  policyVersions: boolean;
  toolServers: boolean;
}

/** What the actor may see, from the same rules that guard the lists behind the numbers. */
export const scopeOf = (actor: Actor): OverviewScope => ({
  calls: callScope(actor),
  agents: agentsOfReadableCalls(actor),
  ledger: isAllowed(actor, { action: 'read', subject: 'LedgerEntry' }),
  policyVersions: isAllowed(actor, { action: 'read', subject: 'PolicyVersion' }),
  toolServers: isAllowed(actor, { action: 'read', subject: 'ToolServer' }),
});
