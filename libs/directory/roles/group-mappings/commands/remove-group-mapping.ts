import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import { assertStillHeld, indispensableNow, lockRoleHolders } from '#libs/directory/people';
import type { z } from 'zod';
import { endEmergenciesWithoutRole } from '../../emergency/emergency.repository.js';
import { decideMapping, lockMapping, type LoadedMapping } from '../group-mappings.repository.js';
import { groupMappingReasonSchema } from '../group-mappings.schemas.js';

const inputSchema = groupMappingReasonSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Takes a role from a group's members, at once, or a proposal back. */
@Injectable()
export class RemoveGroupMapping extends Command<
  Input,
  { id: string },
  'GroupMapping',
  LoadedMapping
> {
  static readonly traits = {
    name: 'remove-group-mapping',
    permission: { action: 'withdraw', subject: 'GroupMapping' },
    changesRights: false,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'GroupMapping'>;

  readonly traits = RemoveGroupMapping.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected async load({ tx }: CommandContext, { id }: Input): Promise<LoadedMapping | null> {
    await lockRoleHolders(tx);
    return lockMapping(tx, id);
  }

  protected async run(
    { tx, now, actor }: CommandContext,
    { id, reason }: Input,
    mapping: LoadedMapping,
  ): Promise<Change<{ id: string }>> {
    const { groupId, role, state } = mapping;
    if (state !== 'proposed' && state !== 'active') {
      throw new DomainError('conflict', `This mapping is ${state}: there is nothing to remove.`);
    }
    const held = await indispensableNow(tx);
    await decideMapping(tx, id, { state: 'removed', by: actor, now });
    await assertStillHeld(tx, held);
    const emergenciesEnded = await endEmergenciesWithoutRole(tx, now);
    return {
      output: { id },
      subject: mapping,
      facts: { groupId, role, from: state, emergenciesEnded },
      reason,
    };
  }
}
