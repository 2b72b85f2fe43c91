import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import type { z } from 'zod';
import { loadConnection, lockToken, type LoadedConnection } from '../connections.repository.js';
import { revokeScimTokenSchema } from '../connections.schemas.js';

const inputSchema = revokeScimTokenSchema.extend({ id: idSchema, tokenId: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Revokes a SCIM token: no command of it commits after this one. */
@Injectable()
export class RevokeScimToken extends Command<
  Input,
  { id: string },
  'ScimConnection',
  LoadedConnection
> {
  static readonly traits = {
    name: 'revoke-scim-token',
    permission: { action: 'revoke', subject: 'ScimConnection' },
    changesRights: false,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'ScimConnection'>;

  readonly traits = RevokeScimToken.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedConnection | null> {
    return loadConnection(tx, id);
  }

  protected async run(
    { tx, now }: CommandContext,
    { id, tokenId, reason }: Input,
    connection: LoadedConnection,
  ): Promise<Change<{ id: string }>> {
    const { revokedAt } = await lockToken(tx, id, tokenId);
    if (revokedAt === null) {
      await tx.scimToken.update({
        where: { id: tokenId },
        data: { revokedAt: now },
        select: { id: true },
      });
    }
    return {
      output: { id },
      subject: connection,
      facts: { tokenId, wasActive: revokedAt === null },
      reason,
    };
  }
}
