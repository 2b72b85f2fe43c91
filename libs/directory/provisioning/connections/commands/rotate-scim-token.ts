import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import type { z } from 'zod';
import { loadConnection, lockToken, type LoadedConnection } from '../connections.repository.js';
import { rotateScimTokenSchema } from '../connections.schemas.js';
import { insertToken } from '../insert-token.js';

const inputSchema = rotateScimTokenSchema.extend({ id: idSchema, tokenId: idSchema });
type Input = z.infer<typeof inputSchema>;

const HOUR_MS = 3_600_000;

/** Makes a token in the place of another, which goes on working for the overlap and no longer. */
@Injectable()
export class RotateScimToken extends Command<
  Input,
  { id: string; token: string },
  'ScimConnection',
  LoadedConnection
> {
  static readonly traits = {
    name: 'rotate-scim-token',
    permission: { action: 'rotate', subject: 'ScimConnection' },
    changesRights: false,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'ScimConnection'>;

  readonly traits = RotateScimToken.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedConnection | null> {
    return loadConnection(tx, id);
  }

  protected async run(
    ctx: CommandContext,
    { id, tokenId, overlapHours, expiresInDays }: Input,
    connection: LoadedConnection,
  ): Promise<Change<{ id: string; token: string }>> {
    const { tx, now } = ctx;
    const old = await lockToken(tx, id, tokenId);
    if (old.revokedAt !== null || old.expiresAt <= now)
      throw new DomainError('conflict', 'This token is of no use any more. Make a new one.');
    const end = new Date(now.getTime() + overlapHours * HOUR_MS);
    // Rotating never lets a token live longer than it would have.
    const expiresAt = end < old.expiresAt ? end : old.expiresAt;
    await tx.scimToken.update({
      where: { id: tokenId },
      data: { expiresAt },
      select: { id: true },
    });
    const made = await insertToken(ctx, id, old.scopes, expiresInDays);
    return {
      output: { id, token: made.token },
      subject: connection,
      facts: {
        tokenId: made.id,
        scopes: old.scopes,
        expiresAt: made.expiresAt.toISOString(),
        oldTokenId: tokenId,
        oldExpiresAt: expiresAt.toISOString(),
      },
    };
  }
}
