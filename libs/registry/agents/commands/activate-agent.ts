import { assertCanBecome, assertCanCall } from '../agents.rules.js';
import { changeAgentStateSchema } from '../agents.schemas.js';
import { changeOfAgent } from '../agents.repository.js';

/** Lets an agent call: from a draft that has a binding, or after a suspension. */
export class ActivateAgent extends changeOfAgent({
  name: 'activate-agent',
  action: 'activate',
  changesRights: 'registry',
  input: changeAgentStateSchema,
  async run({ tx, now }, { id, reason }, agent) {
    assertCanBecome(agent.state, 'active');
    assertCanCall(agent, now);
    await tx.agent.update({
      where: { id },
      // Its days without a call are counted from here.
      data: { state: 'active', stateReason: reason, activatedAt: now, updatedAt: now },
      select: { id: true },
    });
    return {
      output: { id },
      subject: agent,
      facts: { from: agent.state, to: 'active' },
      reason,
    };
  },
}) {}
