import { Injectable } from '@nestjs/common';
import { can } from '#libs/platform/access';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { DomainError, newId, type Actor } from '#libs/platform/kernel';
import type { z } from 'zod';
import { requestName } from '../access-request-command.js';
import {
  findTool,
  lockPair,
  ownershipOf,
  type LoadedRequest,
} from '../access-requests.repository.js';
import { inState } from '../access-requests.rules.js';
import { requestAccessSchema } from '../access-requests.schemas.js';

type Input = z.infer<typeof requestAccessSchema>;

/** Asks that an agent of one's team may use a tool for a while; allows nothing by itself. */
@Injectable()
export class RequestAccess extends Command<Input, { id: string }, 'AccessRequest', LoadedRequest> {
  static readonly traits = {
    name: 'request-access',
    permission: { action: 'request', subject: 'AccessRequest' },
    changesRights: false,
    creates: true,
    actors: 'people',
  } as const satisfies CommandTraits<'AccessRequest'>;

  readonly traits = RequestAccess.traits;
  readonly input = requestAccessSchema;

  protected subjectId(): null {
    return null;
  }

  /** The request that is about to be; none for an agent or a tool that the actor cannot see. */
  protected async load(
    { tx, actor }: CommandContext,
    { agentId, toolId, durationHours }: Input,
  ): Promise<LoadedRequest | null> {
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
  }

  protected override rejection(_actor: Actor, _request: LoadedRequest): DomainError {
    const message = "Access is asked for by developers of the agent's team. Ask one of them.";
    return new DomainError('forbidden', message);
  }

  protected async run(
    { tx, actor, now }: CommandContext,
    { agentId, toolId, requestedConstraints, justification, durationHours }: Input,
    request: LoadedRequest,
  ): Promise<Change<{ id: string }>> {
    const { id, agentName, toolName } = request;
    if (actor.kind !== 'person') throw this.rejection(actor, request);
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
  }
}
