import { Injectable } from '@nestjs/common';
import { raiseAlert } from '#libs/engine/alerts';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { endSessionsOfIssuer } from '#libs/trust/sign-in';
import type { z } from 'zod';
import { assertTrusted, lockIssuer, type LoadedIssuer } from '../issuers.repository.js';
import { retireIssuerSchema } from '../issuers.schemas.js';

const inputSchema = retireIssuerSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Stops trusting an issuer: none of its tokens counts any more, and whoever signed in there is signed out. */
@Injectable()
export class RetireIssuer extends Command<Input, { id: string }, 'Issuer', LoadedIssuer> {
  static readonly traits = {
    name: 'retire-issuer',
    permission: { action: 'retire', subject: 'Issuer' },
    changesRights: true,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Issuer'>;

  readonly traits = RetireIssuer.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedIssuer | null> {
    return lockIssuer(tx, id);
  }

  protected async run(
    { tx, now, actor }: CommandContext,
    { id, reason }: Input,
    issuer: LoadedIssuer,
  ): Promise<Change<{ id: string }>> {
    assertTrusted(issuer);
    await tx.issuer.update({
      where: { id },
      data: { retiredAt: now, updatedAt: now },
      select: { id: true },
    });
    const endedSessions = await endSessionsOfIssuer(tx, issuer.url);
    await raiseAlert(tx, now, {
      kind: 'issuer_changed',
      subject: { kind: 'issuer', id },
      message: `${actor.name} retired the issuer ${issuer.name}: none of its tokens counts any more.`,
      by: actor,
    });
    return {
      output: { id },
      subject: { id, name: issuer.name },
      facts: { endedSessions },
      reason,
    };
  }
}
