import { command } from '#libs/engine/commands';
import { connectionOf } from '../../connection-of.js';
import { assertMatches } from '../../protocol/etag.js';
import { changeInputSchema, type ChangeInput } from '../../resource/change-input.js';
import { changedNames } from '../../resource/changed.js';
import { applyPatch } from '../../resource/patch.js';
import { readPatch } from '../../resource/patch-operation.js';
import { readResource } from '../../resource/read-resource.js';
import { GROUP } from '../../schema/group.js';
import { splitMemberOperations, splitMembers, type MemberChange } from '../group-patch.js';
import { groupAttributes } from '../group.view.js';
import {
  assertGroupNameIsFree,
  lockGroup,
  toGroupColumns,
  updateGroup,
  type GroupColumns,
} from '../groups.repository.js';
import { keepRolesHeld } from '../../keep-roles-held.js';
import { memberFacts } from '../member-facts.js';
import { MANY_MEMBERS_MS, moveMembers } from '../members.repository.js';

/** Changes a group's name or members; what it costs depends on what changes, not on the group's size. */
export class ChangeScimGroup extends command({
  name: 'change-scim-group',
  permission: { action: 'provision', subject: 'Group' },
  changesRights: 'people',
  actors: 'scim',
  timeoutMs: MANY_MEMBERS_MS,
  input: changeInputSchema,
  load: async (ctx, { id }) => lockGroup(ctx.tx, connectionOf(ctx), id),
  async run(ctx, { ifMatch, change }, { id, row }) {
    assertMatches(ifMatch, row.version);
    const connectionId = row.connectionId ?? '';
    const before = groupAttributes(row);
    const { columns, members } = wanted(before, change);
    const after = groupAttributes({ ...row, ...columns });
    const changed = changedNames(before, after);
    if (changed.length > 0) await assertGroupNameIsFree(ctx.tx, columns, id);
    const words = (people: string, roles: string) =>
      `${ctx.actor.name} took ${people} out of the group ${row.displayName}, which gives the role ${roles}.`;
    const moved = await keepRolesHeld(ctx, { groupId: id }, words, () =>
      moveMembers(ctx, connectionId, id, members),
    );
    const hasMoved = moved.added.length + moved.removed.length > 0;
    const isChanged = changed.length > 0 || hasMoved;
    if (isChanged) await updateGroup(ctx, id, columns);
    const { facts, changes } = await memberFacts(ctx, id, moved);
    return {
      output: { id, version: row.version + (isChanged ? 1 : 0) },
      subject: { id, name: columns.displayName },
      facts: { connectionId, changed, ...facts },
      changes: { externalId: columns.externalId, ...changes },
      // Rules and role mappings are bound to its id, whatever it is called.
      keepsRights: !hasMoved,
    };
  },
}) {}

const wanted = (
  before: ReturnType<typeof groupAttributes>,
  change: ChangeInput['change'],
): { columns: GroupColumns; members: MemberChange[] } => {
  if ('patch' in change) {
    const { rest, changes } = splitMemberOperations(readPatch(change.patch));
    const after = rest.length === 0 ? before : applyPatch(GROUP, before, rest);
    return { columns: toGroupColumns(after), members: changes };
  }
  const { rest, members } = splitMembers(change.resource);
  return {
    columns: toGroupColumns(readResource(GROUP, rest)),
    // What a PUT leaves out is not there any more (RFC 7644 §3.5.1).
    members: [{ kind: 'set', ids: members ?? [] }],
  };
};
