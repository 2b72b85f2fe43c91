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

/** A person takes back what they let an agent do for them: at once, on every replica. */
@Injectable()
export class WithdrawDelegation extends Command<
  Input,
  { id: string },
  'Delegation',
  LoadedDelegation
> {
  static readonly traits = {
    name: 'withdraw-delegation',
    permission: { action: 'withdraw', subject: 'Delegation' },
    changesRights: 'people',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Delegation'>;

  readonly traits = WithdrawDelegation.traits;
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
