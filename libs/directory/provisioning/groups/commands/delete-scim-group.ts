import { command } from '#libs/engine/commands';
import { connectionOf } from '../../connection-of.js';
import { assertMatches } from '../../protocol/etag.js';
import { deleteInputSchema } from '../../resource/change-input.js';
import { keepRolesHeld } from '../../keep-roles-held.js';
import { lockGroup } from '../groups.repository.js';
import { MANY_MEMBERS_MS } from '../members.repository.js';

/** Takes a group away, and with it its members' rights by it and its mappings to roles. */
export class DeleteScimGroup extends command({
  name: 'delete-scim-group',
  permission: { action: 'provision', subject: 'Group' },
  changesRights: 'people',
  actors: 'scim',
  timeoutMs: MANY_MEMBERS_MS,
  input: deleteInputSchema,
  load: async (ctx, { id }) => lockGroup(ctx.tx, connectionOf(ctx), id),
  async run(ctx, { ifMatch }, { id, row }) {
    const { tx } = ctx;
    assertMatches(ifMatch, row.version);
    const mappings = await tx.groupMapping.findMany({
      where: { groupId: id, state: 'active' },
      select: { role: true },
    });
    const members = await tx.groupMember.count({ where: { groupId: id } });
    // Members and mappings go with it (ON DELETE CASCADE).
    const words = (people: string, roles: string) =>
      `${ctx.actor.name} deleted the group ${row.displayName}, which gave ${people} the role ${roles}.`;
    await keepRolesHeld(ctx, { groupId: id }, words, () =>
      tx.group.delete({ where: { id }, select: { id: true } }),
    );
    await ctx.endAccess({ kind: 'group', id, name: row.displayName, reason: 'deleted' });
    return {
      output: { id, version: row.version },
      subject: { id, name: row.displayName },
      facts: {
        connectionId: row.connectionId,
        memberCount: members,
        mappings: mappings.map(({ role }) => role),
      },
      keepsRights: members === 0 && mappings.length === 0,
    };
  },
}) {}
