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
import {
  decideMapping,
  lockMapping,
  whyNotDecide,
  type LoadedMapping,
} from '../group-mappings.repository.js';
import { groupMappingReasonSchema } from '../group-mappings.schemas.js';

const inputSchema = groupMappingReasonSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Rejects a proposed mapping: by a settled holder of the role who did not propose it. */
@Injectable()
export class RejectGroupMapping extends Command<
  Input,
  { id: string },
  'GroupMapping',
  LoadedMapping
> {
  static readonly traits = {
    name: 'reject-group-mapping',
    permission: { action: 'reject', subject: 'GroupMapping' },
    changesRights: false,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'GroupMapping'>;

  readonly traits = RejectGroupMapping.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedMapping | null> {
    return lockMapping(tx, id);
  }

  protected override rejection(actor: Actor, mapping: LoadedMapping): DomainError {
    return whyNotDecide(actor, mapping);
  }

  protected async run(
    { tx, now, actor }: CommandContext,
    { id, reason }: Input,
    mapping: LoadedMapping,
  ): Promise<Change<{ id: string }>> {
    // The installation itself is not asked by libs/platform/access.
    if (mapping.state !== 'proposed') throw whyNotDecide(actor, mapping);
    await decideMapping(tx, id, { state: 'rejected', by: actor, now });
    const { groupId, role, proposedById } = mapping;
    return {
      output: { id },
      subject: mapping,
      facts: { groupId, role, proposedById },
      reason,
    };
  }
}
