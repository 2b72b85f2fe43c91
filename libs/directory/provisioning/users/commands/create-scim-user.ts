import { command } from '#libs/engine/commands';
import { newId } from '#libs/platform/kernel';
import { connectionOf } from '../../connection-of.js';
import { createInputSchema } from '../../resource/change-input.js';
import { readResource } from '../../resource/read-resource.js';
import { USER } from '../../schema/user.js';
import { toUserColumns } from '../user.columns.js';
import { assertUserNameIsFree, insertUser } from '../users.repository.js';

/** Provisions a person: known, and with no right at all. */
export class CreateScimUser extends command({
  name: 'create-scim-user',
  permission: { action: 'provision', subject: 'Person' },
  changesRights: false,
  creates: true,
  actors: 'scim',
  input: createInputSchema,
  load: async (ctx) => ({ id: newId(), connectionId: connectionOf(ctx) }),
  async run(ctx, { resource }, { id, connectionId }) {
    const columns = toUserColumns(readResource(USER, resource));
    await assertUserNameIsFree(ctx.tx, columns, id);
    await insertUser(ctx, connectionId, id, columns);
    return {
      output: { id, version: 1 },
      subject: { id, name: columns.person.name },
      facts: { connectionId, active: columns.active !== false },
      changes: { userName: columns.userName, externalId: columns.externalId, ...columns.person },
    };
  },
}) {}
