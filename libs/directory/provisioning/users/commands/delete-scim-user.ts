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
import { deactivated } from '../settle-active.js';
import { deleteUser, lockUser, type LoadedUser } from '../users.repository.js';

/** Takes a person out of provisioning: all rights are gone, the person stays for the ledger. */
@Injectable()
export class DeleteScimUser extends Command<DeleteInput, Done, 'Person', LoadedUser> {
  static readonly traits = {
    name: 'delete-scim-user',
    permission: { action: 'provision', subject: 'Person' },
    changesRights: true,
    creates: false,
    actors: 'scim',
  } as const satisfies CommandTraits<'Person'>;

  readonly traits = DeleteScimUser.traits;
  readonly input = deleteInputSchema;

  protected subjectId({ id }: DeleteInput): string {
    return id;
  }

  protected async load(ctx: CommandContext, { id }: DeleteInput): Promise<LoadedUser | null> {
    return lockUser(ctx.tx, await heldConnection(ctx), id);
  }

  protected async run(
    ctx: CommandContext,
    { ifMatch }: DeleteInput,
    { id, row }: LoadedUser,
  ): Promise<Change<Done>> {
    assertMatches(ifMatch, row.version);
    const { facts } = await deactivated(ctx, id);
    await deleteUser(ctx.tx, id);
    return {
      output: { id, version: row.version },
      subject: { id, name: row.userName },
      facts: { connectionId: row.connectionId, ...facts },
    };
  }
}
