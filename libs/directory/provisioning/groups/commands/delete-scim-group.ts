import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { heldConnection } from '../../connection-of.js';
import { assertMatches } from '../../protocol/etag.js';
import { deleteInputSchema, type DeleteInput, type Done } from '../../resource/change-input.js';
import { lockGroup, type LoadedGroup } from '../groups.repository.js';

/** Takes a group away, and with it its members' rights by it and its mappings to roles. */
@Injectable()
export class DeleteScimGroup extends Command<DeleteInput, Done, 'Group', LoadedGroup> {
  static readonly traits = {
    name: 'delete-scim-group',
    permission: { action: 'provision', subject: 'Group' },
    changesRights: 'people',
    creates: false,
    actors: 'scim',
  } as const satisfies CommandTraits<'Group'>;

  readonly traits = DeleteScimGroup.traits;
  readonly input = deleteInputSchema;

  protected subjectId({ id }: DeleteInput): string {
    return id;
  }

  protected async load(ctx: CommandContext, { id }: DeleteInput): Promise<LoadedGroup | null> {
    return lockGroup(ctx.tx, await heldConnection(ctx), id);
  }

  protected async run(
    { tx }: CommandContext,
    { ifMatch }: DeleteInput,
    { id, row }: LoadedGroup,
  ): Promise<Change<Done>> {
    assertMatches(ifMatch, row.version);
    const mappings = await tx.groupMapping.findMany({
      where: { groupId: id, state: { in: ['proposed', 'active'] } },
      select: { role: true, state: true },
    });
    const members = await tx.groupMember.count({ where: { groupId: id } });
    // Members and mappings go with it (ON DELETE CASCADE).
    await tx.group.delete({ where: { id }, select: { id: true } });
    return {
      output: { id, version: row.version },
      subject: { id, name: row.displayName },
      facts: {
        connectionId: row.connectionId,
        members,
        mappings: mappings.map(({ role, state }) => `${role} ${state}`),
      },
      keepsRights: members === 0 && mappings.length === 0,
    };
  }
}
