import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { newId } from '#libs/platform/kernel';
import { heldConnection } from '../../connection-of.js';
import { createInputSchema, type CreateInput, type Done } from '../../resource/change-input.js';
import { readResource } from '../../resource/read-resource.js';
import { USER } from '../../schema/user.js';
import { toUserColumns } from '../user.columns.js';
import { assertUserNameIsFree, insertUser } from '../users.repository.js';

type NewUser = { id: string; connectionId: string };

/** Provisions a person: known, and with no right at all. */
@Injectable()
export class CreateScimUser extends Command<CreateInput, Done, 'Person', NewUser> {
  static readonly traits = {
    name: 'create-scim-user',
    permission: { action: 'provision', subject: 'Person' },
    changesRights: false,
    creates: true,
    actors: 'scim',
  } as const satisfies CommandTraits<'Person'>;

  readonly traits = CreateScimUser.traits;
  readonly input = createInputSchema;

  protected subjectId(): null {
    return null;
  }

  protected async load(ctx: CommandContext): Promise<NewUser> {
    return { id: newId(), connectionId: await heldConnection(ctx) };
  }

  protected async run(
    ctx: CommandContext,
    { resource }: CreateInput,
    { id, connectionId }: NewUser,
  ): Promise<Change<Done>> {
    const columns = toUserColumns(readResource(USER, resource));
    await assertUserNameIsFree(ctx.tx, columns, id);
    await insertUser(ctx, connectionId, id, columns);
    return {
      output: { id, version: 1 },
      subject: { id, name: columns.person.name },
      facts: { connectionId, active: columns.active !== false },
      changes: { userName: columns.userName, externalId: columns.externalId, ...columns.person },
    };
  }
}
