import { retireAgentNow } from '#libs/registry/agents';
import { command } from '#libs/engine/commands';
import { z } from 'zod';
import { connectionOf } from '../../connection-of.js';
import { assertMatches } from '../../protocol/etag.js';
import { deleteInputSchema } from '../../resource/change-input.js';
import { AGENT_TYPES } from '../agent.columns.js';
import { lockScimAgent } from '../scim-agents.repository.js';

const inputSchema = deleteInputSchema.extend({ resourceType: z.enum(AGENT_TYPES) });

const REASON = 'The provisioning client took it away.';

/** Retires an agent for good; its name is never used again. */
export class DeleteScimAgent extends command({
  name: 'delete-scim-agent',
  permission: { action: 'provision', subject: 'Agent' },
  changesRights: 'registry',
  actors: 'scim',
  input: inputSchema,
  load: async (ctx, { id, resourceType }) =>
    lockScimAgent(ctx.tx, connectionOf(ctx), resourceType, id),
  async run(ctx, { ifMatch, resourceType }, { id, row }) {
    assertMatches(ifMatch, row.version);
    const retired = await retireAgentNow(ctx, id, REASON);
    await ctx.tx.scimAgent.delete({ where: { agentId: id }, select: { agentId: true } });
    return {
      output: { id, version: row.version },
      subject: { id, name: row.agent.name },
      facts: { connectionId: row.connectionId, resourceType, retired, from: row.agent.state },
      reason: REASON,
      keepsRights: !retired,
    };
  },
}) {}
