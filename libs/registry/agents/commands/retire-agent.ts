import { retireAgentNow } from '../agents.changes.js';
import { assertCanBecome } from '../agents.rules.js';
import { changeAgentStateSchema } from '../agents.schemas.js';
import { changeOfAgent } from '../agents.repository.js';

/** Ends an agent for good: its bindings end, and its name and id are never another's. */
export class RetireAgent extends changeOfAgent({
  name: 'retire-agent',
  action: 'retire',
  changesRights: 'registry',
  emergency: { stays: 'it takes rights away' },
  input: changeAgentStateSchema,
  async run(ctx, { id, reason }, agent) {
    assertCanBecome(agent.state, 'retired');
    await retireAgentNow(ctx, id, reason);
    return {
      output: { id },
      subject: agent,
      facts: { from: agent.state, to: 'retired', bindingsRemoved: agent.bindingCount },
      reason,
    };
  },
}) {}
