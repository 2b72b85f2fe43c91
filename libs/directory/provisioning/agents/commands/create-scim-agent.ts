import { registerAgentIn } from '#libs/registry/agents';
import { command } from '#libs/engine/commands';
import { newId } from '#libs/platform/kernel';
import { z } from 'zod';
import { connectionOf } from '../../connection-of.js';
import { createInputSchema } from '../../resource/change-input.js';
import { readResource } from '../../resource/read-resource.js';
import { AGENT_TYPES, DRAFTS, firstOwner, purposeOf, registryName } from '../agent.columns.js';
import { keptOf, teamOfOwner } from '../scim-agents.repository.js';

const inputSchema = createInputSchema.extend({ resourceType: z.enum(AGENT_TYPES) });

/** Provisions an agent: a draft, which people bind and activate (experimental). */
export class CreateScimAgent extends command({
  name: 'create-scim-agent',
  permission: { action: 'provision', subject: 'Agent' },
  changesRights: false,
  creates: true,
  actors: 'scim',
  input: inputSchema,
  async load(ctx, { resource, resourceType }) {
    const connectionId = connectionOf(ctx);
    const ownerId = firstOwner(readResource(DRAFTS[resourceType].type, resource));
    const teamId = await teamOfOwner(ctx, connectionId, ownerId);
    return { id: newId(), connectionId, ownerId, teamId };
  },
  async run(ctx, { resource, resourceType }, { id, connectionId, ownerId, teamId }) {
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
  },
}) {}
