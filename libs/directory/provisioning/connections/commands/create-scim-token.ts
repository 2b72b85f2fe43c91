import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import type { z } from 'zod';
import { loadConnection, type LoadedConnection } from '../connections.repository.js';
import { createScimTokenSchema } from '../connections.schemas.js';
import { insertToken } from '../insert-token.js';

const inputSchema = createScimTokenSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Makes a SCIM token; its text is answered this once, and is in no entry. */
@Injectable()
export class CreateScimToken extends Command<
  Input,
  { id: string; token: string },
  'ScimConnection',
  LoadedConnection
> {
  static readonly traits = {
    name: 'create-scim-token',
    permission: { action: 'rotate', subject: 'ScimConnection' },
    changesRights: false,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'ScimConnection'>;

  readonly traits = CreateScimToken.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedConnection | null> {
    return loadConnection(tx, id);
  }

  protected async run(
    ctx: CommandContext,
    { id, scopes, expiresInDays }: Input,
    connection: LoadedConnection,
  ): Promise<Change<{ id: string; token: string }>> {
    const made = await insertToken(ctx, id, scopes, expiresInDays);
    return {
      output: { id, token: made.token },
      subject: connection,
      facts: { tokenId: made.id, scopes, expiresAt: made.expiresAt.toISOString() },
    };
  }
}
