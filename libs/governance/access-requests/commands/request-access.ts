import { can } from '#libs/platform/access';
import { command } from '#libs/engine/commands';
import { DomainError, newId } from '#libs/platform/kernel';
import { findTool, lockPair, ownershipOf, requestName } from '../access-requests.repository.js';
import { inState } from '../access-requests.rules.js';
import { requestAccessSchema } from '../access-requests.schemas.js';

const notTheirs = (): DomainError => {
  const message = "Access is asked for by developers of the agent's team. Ask one of them.";
  return new DomainError('forbidden', message);
};

/** Asks that an agent of one's team may use a tool for a while; allows nothing by itself. */
export class RequestAccess extends command({
  name: 'request-access',
  permission: { action: 'request', subject: 'AccessRequest' },
  changesRights: false,
  creates: true,
  input: requestAccessSchema,
  async load({ tx, actor }, { agentId, toolId, durationHours }) {
    const agent = await tx.agent.findUnique({
      where: { id: agentId },
      select: { id: true, name: true, teamId: true, ownerId: true, state: true },
    });
    const tool = await findTool(tx, toolId);
    if (agent === null || !can(actor, 'read', 'Agent', agent)) return null;
    if (tool === null || !can(actor, 'read', 'Tool', { id: toolId })) return null;
    if (agent.state === 'retired') {
      throw new DomainError('conflict', 'This agent is retired and gets no access any more.');
    }
    return {
      id: newId(),
      state: 'open',
      requestedById: actor.id,
      agentTeamId: agent.teamId,
      ...ownershipOf(tool, actor.id),
      agentId,
      agentName: agent.name,
      toolId,
      toolName: tool.toolName,
      durationHours,
      versionId: null,
    };
  },
  rejection: notTheirs,
  async run(
    { tx, actor, now },
    { agentId, toolId, requestedConstraints, justification, durationHours },
    request,
  ) {
    const { id, agentName, toolName } = request;
    if (actor.kind !== 'person') throw notTheirs();
    await lockPair(tx, agentId, toolId);
    const pending = { agentId, toolId, OR: [inState('open'), inState('drafted')] };
    if ((await tx.accessRequest.count({ where: pending })) > 0) {
      const message = `Access of ${agentName} to ${toolName} is asked for already. Wait for the answer, or withdraw that request.`;
      throw new DomainError('conflict', message);
    }
    await tx.accessRequest.create({
      data: {
        id,
        agentId,
        toolId,
        requestedConstraints,
        justification,
        durationHours,
        state: 'open',
        requestedById: actor.id,
        requestedAt: now,
      },
    });
    return {
      output: { id },
      subject: { id, name: requestName(request) },
      facts: { agentId, toolId, durationHours },
      names: { agent: agentName, tool: toolName },
      reason: justification,
    };
  },
}) {}
