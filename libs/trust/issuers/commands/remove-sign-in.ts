import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { endSessionsOfIssuer } from '#libs/trust/sign-in';
import { DomainError } from '#libs/platform/kernel';
import { z } from 'zod';
import { lockIssuer, type LoadedIssuer } from '../issuers.repository.js';

const inputSchema = z.strictObject({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Nobody signs in at this issuer any more, and whoever did is signed out; its tokens still count. */
@Injectable()
export class RemoveSignIn extends Command<Input, { id: string }, 'Issuer', LoadedIssuer> {
  static readonly traits = {
    name: 'remove-sign-in',
    permission: { action: 'change', subject: 'Issuer' },
    changesRights: false,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Issuer'>;

  readonly traits = RemoveSignIn.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedIssuer | null> {
    return lockIssuer(tx, id);
  }

  protected async run(
    { tx }: CommandContext,
    { id }: Input,
    issuer: LoadedIssuer,
  ): Promise<Change<{ id: string }>> {
    const { count } = await tx.signInProvider.deleteMany({ where: { issuerId: id } });
    if (count === 0) throw new DomainError('not_found', 'Nobody signs in at this issuer.');
    const endedSessions = await endSessionsOfIssuer(tx, issuer.url);
    return { output: { id }, subject: { id, name: issuer.name }, facts: { endedSessions } };
  }
}
