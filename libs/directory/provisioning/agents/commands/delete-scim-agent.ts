import { Injectable } from '@nestjs/common';
import { retireAgentNow } from '#libs/registry/agents';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { z } from 'zod';
import { heldConnection } from '../../connection-of.js';
import { assertMatches } from '../../protocol/etag.js';
import { deleteInputSchema, type Done } from '../../resource/change-input.js';
import { AGENT_TYPES } from '../agent.columns.js';
import { lockScimAgent, type LoadedScimAgent } from '../scim-agents.repository.js';

const inputSchema = deleteInputSchema.extend({ resourceType: z.enum(AGENT_TYPES) });
type Input = z.infer<typeof inputSchema>;

const REASON = 'The provisioning client took it away.';

/** Retires an agent for good; its name is never used again. */
@Injectable()
export class DeleteScimAgent extends Command<Input, Done, 'Agent', LoadedScimAgent> {
  static readonly traits = {
    name: 'delete-scim-agent',
    permission: { action: 'provision', subject: 'Agent' },
    changesRights: 'registry',
    creates: false,
    actors: 'scim',
  } as const satisfies CommandTraits<'Agent'>;

  readonly traits = DeleteScimAgent.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected async load(
    ctx: CommandContext,
    { id, resourceType }: Input,
  ): Promise<LoadedScimAgent | null> {
    return lockScimAgent(ctx.tx, await heldConnection(ctx), resourceType, id);
  }

  protected async run(
    ctx: CommandContext,
    { ifMatch, resourceType }: Input,
    { id, row }: LoadedScimAgent,
  ): Promise<Change<Done>> {
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
  }
}
