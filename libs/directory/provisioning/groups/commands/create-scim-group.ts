import { command } from '#libs/engine/commands';
import { newId } from '#libs/platform/kernel';
import { connectionOf } from '../../connection-of.js';
import { createInputSchema } from '../../resource/change-input.js';
import { readResource } from '../../resource/read-resource.js';
import { GROUP } from '../../schema/group.js';
import { splitMembers } from '../group-patch.js';
import { assertGroupNameIsFree, insertGroup, toGroupColumns } from '../groups.repository.js';
import { memberFacts } from '../member-facts.js';
import { MANY_MEMBERS_MS, moveMembers } from '../members.repository.js';

/** Provisions a group of people. */
export class CreateScimGroup extends command({
  name: 'create-scim-group',
  permission: { action: 'provision', subject: 'Group' },
  changesRights: 'people',
  creates: true,
  actors: 'scim',
  timeoutMs: MANY_MEMBERS_MS,
  input: createInputSchema,
  load: async (ctx) => ({ id: newId(), connectionId: connectionOf(ctx) }),
  async run(ctx, { resource }, { id, connectionId }) {
    const { rest, members } = splitMembers(resource);
    const columns = toGroupColumns(readResource(GROUP, rest));
    await assertGroupNameIsFree(ctx.tx, columns, id);
    await insertGroup(ctx, connectionId, id, columns);
    const change = { kind: 'add', ids: members ?? [] } as const;
    const moved = await moveMembers(ctx, connectionId, id, [change]);
    const { facts, changes } = await memberFacts(ctx, id, moved);
    return {
      output: { id, version: 1 },
      subject: { id, name: columns.displayName },
      facts: { connectionId, ...facts },
      changes: { externalId: columns.externalId, ...changes },
      keepsRights: moved.added.length === 0,
    };
  },
}) {}
