import { Injectable } from '@nestjs/common';
import type { Change, CommandContext, CommandTraits } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import type { z } from 'zod';
import { AccessRequestCommand, requestName } from '../access-request-command.js';
import type { LoadedRequest } from '../access-requests.repository.js';
import { decideAccessRequestSchema } from '../access-requests.schemas.js';
import { endRequest } from '../end-request.js';

const inputSchema = decideAccessRequestSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Turns a request down, for a reason, and with it a draft that nobody has published yet. */
@Injectable()
export class RejectAccessRequest extends AccessRequestCommand<Input> {
  static readonly traits = {
    name: 'reject-access-request',
    permission: { action: 'reject', subject: 'AccessRequest' },
    changesRights: false,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'AccessRequest'>;

  readonly traits = RejectAccessRequest.traits;
  readonly input = inputSchema;

  protected async run(
    ctx: CommandContext,
    { id, note }: Input,
    request: LoadedRequest,
  ): Promise<Change<{ id: string }>> {
    await endRequest(ctx, request, { to: 'rejected', note });
    const { agentId, toolId, requestedById, versionId, agentName, toolName } = request;
    return {
      output: { id },
      subject: { id, name: requestName(request) },
      facts: { from: request.state, to: 'rejected', agentId, toolId, requestedById, versionId },
      names: { agent: agentName, tool: toolName },
      reason: note,
    };
  }
}
