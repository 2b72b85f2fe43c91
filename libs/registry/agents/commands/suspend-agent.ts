import { suspendAgentNow } from '../agents.changes.js';
import { assertCanBecome } from '../agents.rules.js';
import { changeAgentStateSchema } from '../agents.schemas.js';
import { changeOfAgent } from '../agents.repository.js';

/** Stops an agent: no call of it is allowed after this commits, on any replica (invariant I3). */
export class SuspendAgent extends changeOfAgent({
  name: 'suspend-agent',
  action: 'suspend',
  changesRights: 'registry',
  input: changeAgentStateSchema,
  async run(ctx, { id, reason }, agent) {
    assertCanBecome(agent.state, 'suspended');
    await suspendAgentNow(ctx, id, reason);
    return {
      output: { id },
      subject: agent,
      facts: { from: agent.state, to: 'suspended' },
      reason,
    };
  },
}) {}
