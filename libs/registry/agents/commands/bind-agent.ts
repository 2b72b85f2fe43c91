import { bindAgentIn } from '../bindings/bind-in.js';
import { bindAgentSchema } from '../bindings/bindings.schemas.js';
import { changeOfAgent } from '../agents.repository.js';
import { unbindIn } from '../bindings/unbind-in.js';
import { mayCall, rightsOfAgent, securityOrOwner } from '../second-person/confirmers.js';
import { askForStoppedIdentity } from '../second-person/stopped-identity.js';

/** Binds an agent to a subject or a client of a trusted issuer, or to a key of its own, exactly (invariant I7). */
export class BindAgent extends changeOfAgent({
  name: 'bind-agent',
  action: 'bind',
  changesRights: 'registry',
  emergency: {
    ends: 'the binding is removed',
    undo: (ctx, { subjectId, facts }) => unbindIn(ctx, subjectId, facts['bindingId']),
  },
  input: bindAgentSchema,
  secondPerson: {
    when: 'the agent may call something: who has the new identity could call it, too. Also for what security stopped as another agent',
    async ask(ctx, binding, agent) {
      const stopped = await askForStoppedIdentity(ctx.tx, binding, agent.id);
      if (stopped !== null) return stopped;
      const rights = await rightsOfAgent(ctx, agent);
      if (rights.isEmpty) return null;
      return {
        explanation: `${await mayCall(ctx, agent, rights)}: who has the new ${binding.kind} could do so as this agent.`,
        ...(await securityOrOwner(ctx, agent)),
        exposes: rights,
      };
    },
  },
  async run(ctx, input, agent) {
    const { facts, subject, issuer } = await bindAgentIn(ctx, agent, input);
    return {
      output: { id: agent.id },
      subject: agent,
      facts: { ...facts },
      changes: { subject, conditions: input.kind === 'subject' ? input.conditions : [], issuer },
    };
  },
}) {}
