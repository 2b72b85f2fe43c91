import { command } from '#libs/engine/commands';
import { connectionOf } from '../../connection-of.js';
import { assertMatches } from '../../protocol/etag.js';
import { deleteInputSchema } from '../../resource/change-input.js';
import { deactivated } from '../settle-active.js';
import { deleteUser, lockUser } from '../users.repository.js';

/** Takes a person out of provisioning: all rights are gone, the person stays for the ledger. */
export class DeleteScimUser extends command({
  name: 'delete-scim-user',
  permission: { action: 'provision', subject: 'Person' },
  changesRights: true,
  actors: 'scim',
  input: deleteInputSchema,
  load: async (ctx, { id }) => lockUser(ctx.tx, connectionOf(ctx), id),
  async run(ctx, { ifMatch }, user) {
    const { id, row } = user;
    assertMatches(ifMatch, row.version);
    const { facts } = await deactivated(ctx, user);
    await deleteUser(ctx.tx, user);
    return {
      output: { id, version: row.version },
      subject: { id, name: row.userName },
      facts: { connectionId: row.connectionId, ...facts },
    };
  },
}) {}
