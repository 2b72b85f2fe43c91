import { command } from '#libs/engine/commands';
import { connectionOf } from '../../connection-of.js';
import { assertMatches } from '../../protocol/etag.js';
import { changeInputSchema } from '../../resource/change-input.js';
import { changedNames, changedResource } from '../../resource/changed.js';
import { assigned } from '../../resource/meta.js';
import { USER } from '../../schema/user.js';
import { alertOfLinking } from '../alert-of-linking.js';
import { settleActive } from '../settle-active.js';
import { toUserColumns } from '../user.columns.js';
import { userAttributes } from '../user.view.js';
import { assertUserNameIsFree, lockUser, updateUser } from '../users.repository.js';

/** Changes what a provisioning client says of a person; `active: false` takes every right away. */
export class ChangeScimUser extends command({
  name: 'change-scim-user',
  permission: { action: 'provision', subject: 'Person' },
  changesRights: true,
  actors: 'scim',
  input: changeInputSchema,
  load: async (ctx, { id }) => lockUser(ctx.tx, connectionOf(ctx), id),
  async run(ctx, { ifMatch, change }, user) {
    assertMatches(ifMatch, user.row.version);
    const before = userAttributes(user.row);
    // What a client leaves out of a PUT says nothing of whether the person is active.
    const kept = 'resource' in change ? assigned({ active: before['active'] }) : {};
    const after = { ...kept, ...changedResource(USER, before, change) };
    const columns = toUserColumns(after);
    const changed = changedNames(before, after);
    const settled = await settleActive(ctx, user, columns.active);
    const isChanged = changed.length > 0 || settled.isNews;
    if (isChanged) {
      await assertUserNameIsFree(ctx.tx, columns, user.id);
      await updateUser(ctx, user, columns);
      await alertOfLinking(ctx, user.id, toUserColumns(before), columns);
    }
    const { id } = user;
    return {
      output: { id, version: user.row.version + (isChanged ? 1 : 0) },
      subject: { id, name: columns.person.name },
      facts: { connectionId: user.row.connectionId, changed, ...settled.facts },
      changes: { userName: columns.userName, externalId: columns.externalId, ...columns.person },
      keepsRights: !settled.changesRights,
    };
  },
}) {}
