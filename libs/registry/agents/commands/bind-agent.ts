import { bindAgentIn } from '../bindings/bind-in.js';
import { bindAgentSchema } from '../bindings/bindings.schemas.js';
import { changeOfAgent } from '../agents.repository.js';
import { unbindIn } from '../bindings/unbind-in.js';

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
  async run(ctx, input, agent) {
    const { facts, subject } = await bindAgentIn(ctx, agent, input);
    return {
      output: { id: agent.id },
      subject: agent,
      facts: { ...facts },
      changes: { subject, conditions: input.kind === 'subject' ? input.conditions : [] },
    };
  },
}) {}
