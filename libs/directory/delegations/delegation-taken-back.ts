import { Injectable } from '@nestjs/common';
import { Command, type Change, type CommandContext } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import type { z } from 'zod';
import {
  lockDelegation,
  withdrawDelegation,
  type LoadedDelegation,
} from './delegations.repository.js';
import { delegationReasonSchema } from './delegations.schemas.js';

const inputSchema = delegationReasonSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** The end of one delegation, whoever may bring it about: at once, on every replica. */
// Decorated so that subclasses inherit the constructor's injection.
@Injectable()
export abstract class DelegationTakenBack extends Command<
  Input,
  { id: string },
  'Delegation',
  LoadedDelegation
> {
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
