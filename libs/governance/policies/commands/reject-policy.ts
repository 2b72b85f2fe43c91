import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import type { Actor, DomainError } from '#libs/platform/kernel';
import type { z } from 'zod';
import { decisionRejection, decidedMeanwhile } from '../policies.rules.js';
import { lockVersion, type LoadedVersion } from '../policies.repository.js';
import { decidePolicySchema } from '../policies.schemas.js';
import { decideVersion } from '../policies.sql.js';

const inputSchema = decidePolicySchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Turns a proposal down, for a reason. */
@Injectable()
export class RejectPolicy extends Command<Input, { id: string }, 'PolicyVersion', LoadedVersion> {
  static readonly traits = {
    name: 'reject-policy',
    permission: { action: 'reject', subject: 'PolicyVersion' },
    changesRights: false,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'PolicyVersion'>;

  readonly traits = RejectPolicy.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedVersion | null> {
    return lockVersion(tx, id);
  }

  protected override rejection(actor: Actor, version: LoadedVersion): DomainError {
    return decisionRejection(actor, 'reject', version);
  }

  protected async run(
    { tx, actor, now }: CommandContext,
    { id, note }: Input,
    version: LoadedVersion,
  ): Promise<Change<{ id: string }>> {
    const { policyId, proposedById, number } = version;
    const decidedById = actor.kind === 'person' ? actor.id : null;
    if (!(await decideVersion(tx, 'rejected', { id, decidedById, at: now, note }))) {
      throw decidedMeanwhile();
    }
    return {
      output: { id },
      subject: { id, name: `${version.policyName} version ${number}` },
      facts: { policyId, kind: version.kind, number, proposedById, rejectedById: decidedById },
      names: { proposer: version.proposer ?? 'the installation' },
      reason: note,
    };
  }
}
