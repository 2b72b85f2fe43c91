import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import type { Actor, DomainError } from '#libs/platform/kernel';
import { lockRoleHolders } from '#libs/directory/people';
import type { z } from 'zod';
import { notePrivilegedMembers } from '../../privileged-members.js';
import { retireOwnerWhenDone } from '../../setup/owner-retirement.js';
import {
  decideMapping,
  lockMapping,
  whyNotDecide,
  type LoadedMapping,
} from '../group-mappings.repository.js';
import { groupMappingReasonSchema } from '../group-mappings.schemas.js';

const inputSchema = groupMappingReasonSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Gives a role to a group's members: by a settled holder of the role who did not propose it. */
@Injectable()
export class ApproveGroupMapping extends Command<
  Input,
  { id: string },
  'GroupMapping',
  LoadedMapping
> {
  static readonly traits = {
    name: 'approve-group-mapping',
    permission: { action: 'approve', subject: 'GroupMapping' },
    changesRights: false,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'GroupMapping'>;

  readonly traits = ApproveGroupMapping.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected async load({ tx }: CommandContext, { id }: Input): Promise<LoadedMapping | null> {
    await lockRoleHolders(tx);
    return lockMapping(tx, id);
  }

  protected override rejection(actor: Actor, mapping: LoadedMapping): DomainError {
    return whyNotDecide(actor, mapping);
  }

  protected async run(
    ctx: CommandContext,
    { id, reason }: Input,
    mapping: LoadedMapping,
  ): Promise<Change<{ id: string }>> {
    const { tx, now, actor } = ctx;
    // The installation itself is not asked by libs/platform/access.
    if (mapping.state !== 'proposed') throw whyNotDecide(actor, mapping);
    await decideMapping(tx, id, { state: 'active', by: actor, now });
    const { groupId, role, proposedById } = mapping;
    const members = await tx.groupMember.findMany({
      where: { groupId },
      orderBy: { personId: 'asc' },
    });
    const personIds = members.map(({ personId }) => personId);
    const { privilegedMembers } = await notePrivilegedMembers(ctx, groupId, personIds);
    const ownerRetired = await retireOwnerWhenDone(tx);
    return {
      output: { id },
      subject: mapping,
      facts: { groupId, role, proposedById, privilegedMembers, ownerRetired },
      reason,
    };
  }
}
