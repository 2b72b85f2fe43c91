import { Injectable } from '@nestjs/common';
import { Command, type Change, type CommandContext, type CommandTraits } from '#libs/commands';
import { idSchema } from '#libs/http';
import type { z } from 'zod';
import {
  lockDelegation,
  withdrawDelegation,
  type LoadedDelegation,
} from '../delegations.repository.js';
import { delegationReasonSchema } from '../delegations.schemas.js';

const inputSchema = delegationReasonSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** IT or security takes back a delegation that somebody else granted. */
@Injectable()
export class RevokeDelegation extends Command<
  Input,
  { id: string },
  'Delegation',
  LoadedDelegation
> {
  static readonly traits = {
    name: 'revoke-delegation',
    permission: { action: 'revoke', subject: 'Delegation' },
    changesRights: 'people',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Delegation'>;

  readonly traits = RevokeDelegation.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedDelegation | null> {
    return lockDelegation(tx, id);
  }

  protected async run(
    { tx, now }: CommandContext,
    { id, reason }: Input,
    delegation: LoadedDelegation,
  ): Promise<Change<{ id: string }>> {
    await withdrawDelegation(tx, delegation, now);
    const { personId, agentId } = delegation;
    return { output: { id }, subject: delegation, facts: { personId, agentId }, reason };
  }
}
