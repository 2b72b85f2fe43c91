import { idSchema } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import { unbindAgentSchema } from '../bindings/bindings.schemas.js';
import { changeOfAgent } from '../agents.repository.js';

/** Takes a binding away. An agent may lose its last one: it stays as it is, and nothing speaks for it. */
export class UnbindAgent extends changeOfAgent({
  name: 'unbind-agent',
  action: 'bind',
  changesRights: 'registry',
  emergency: { stays: 'it takes rights away' },
  input: unbindAgentSchema,
  params: { bindingId: idSchema },
  async run({ tx }, { id, bindingId, reason }, agent) {
    const binding = await tx.binding.findUnique({
      where: { id: bindingId, agentId: id },
      select: { kind: true, issuerId: true, subject: true },
    });
    if (binding === null) throw gone();
    await tx.binding.delete({ where: { id: bindingId }, select: { id: true } });
    const { kind, issuerId, subject } = binding;
    return {
      output: { id },
      subject: agent,
      facts: { bindingId, kind, issuerId, bindingsLeft: agent.bindingCount - 1 },
      reason,
      changes: { subject },
    };
  },
}) {}

const gone = (): DomainError =>
  new DomainError('not_found', 'The agent has no such binding. Look at the agent again.');
