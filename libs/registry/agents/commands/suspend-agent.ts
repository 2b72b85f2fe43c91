import { stopsForSecurity } from '#libs/platform/access';
import { canTakeOver, suspendAgentNow } from '../agents.changes.js';
import { assertCanBecome } from '../agents.rules.js';
import { changeAgentStateSchema } from '../agents.schemas.js';
import { changeOfAgent } from '../agents.repository.js';

/**
 * Stops an agent: no call of it is allowed after this commits, on any replica (invariant I3). What security stops,
 * also what others had stopped before, security alone activates again.
 */
export class SuspendAgent extends changeOfAgent({
  name: 'suspend-agent',
  action: 'suspend',
  changesRights: 'registry',
  emergency: { stays: 'it takes rights away' },
  input: changeAgentStateSchema,
  async run(ctx, { id, reason }, agent) {
    const forSecurity = stopsForSecurity(ctx.actor);
    if (!(forSecurity && canTakeOver(agent))) assertCanBecome(agent.state, 'suspended');
    await suspendAgentNow(ctx, id, reason, forSecurity);
    return {
      output: { id },
      subject: agent,
      facts: { from: agent.state, to: 'suspended', forSecurity },
      reason,
    };
  },
}) {}
