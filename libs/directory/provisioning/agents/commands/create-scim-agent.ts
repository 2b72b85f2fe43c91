import { Injectable } from '@nestjs/common';
import { registerAgentIn } from '#libs/registry/agents';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { newId } from '#libs/platform/kernel';
import { z } from 'zod';
import { heldConnection } from '../../connection-of.js';
import { createInputSchema, type Done } from '../../resource/change-input.js';
import { readResource } from '../../resource/read-resource.js';
import { AGENT_TYPES, DRAFTS, firstOwner, purposeOf, registryName } from '../agent.columns.js';
import { keptOf, teamOfOwner } from '../scim-agents.repository.js';

const inputSchema = createInputSchema.extend({ resourceType: z.enum(AGENT_TYPES) });
type Input = z.infer<typeof inputSchema>;
type NewAgent = { id: string; connectionId: string; ownerId: string; teamId: string };

/** Provisions an agent: a draft, which people bind and activate (experimental). */
@Injectable()
export class CreateScimAgent extends Command<Input, Done, 'Agent', NewAgent> {
  static readonly traits = {
    name: 'create-scim-agent',
    permission: { action: 'provision', subject: 'Agent' },
    changesRights: false,
    creates: true,
    actors: 'scim',
  } as const satisfies CommandTraits<'Agent'>;

  readonly traits = CreateScimAgent.traits;
  readonly input = inputSchema;

  protected subjectId(): null {
    return null;
  }

  protected async load(ctx: CommandContext, { resource, resourceType }: Input): Promise<NewAgent> {
    const connectionId = await heldConnection(ctx);
    const ownerId = firstOwner(readResource(DRAFTS[resourceType].type, resource));
    const teamId = await teamOfOwner(ctx.tx, connectionId, ownerId);
    return { id: newId(), connectionId, ownerId, teamId };
  }

  protected async run(
    ctx: CommandContext,
    { resource, resourceType }: Input,
    { id, connectionId, ownerId, teamId }: NewAgent,
  ): Promise<Change<Done>> {
    const { tx, now } = ctx;
    const draft = DRAFTS[resourceType];
    const read = readResource(draft.type, resource);
    const name = registryName(draft.nameOf(read));
    const purpose = purposeOf(read, name);
    // The highest tier, until people know better.
    const agent = { name, purpose, ownerId, teamId, riskTier: 'high', tags: [] } as const;
    await registerAgentIn(
      ctx,
      { ...agent, tags: [], expiresAt: null, inactiveAfterDays: null },
      id,
    );
    const kept = keptOf(read);
    await tx.scimAgent.create({
      data: { ...kept, agentId: id, connectionId, resourceType, createdAt: now, updatedAt: now },
      select: { agentId: true },
    });
    return {
      output: { id, version: 1 },
      subject: { id, name },
      facts: { connectionId, resourceType, ownerId, teamId, riskTier: 'high', state: 'draft' },
      changes: { purpose, externalId: kept.externalId },
    };
  }
}
