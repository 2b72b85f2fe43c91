import { Injectable } from '@nestjs/common';
import { raiseAlert } from '#libs/engine/alerts';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import type { z } from 'zod';
import {
  assertIssuerExists,
  assertNameIsFree,
  loadConnection,
  type LoadedConnection,
} from '../connections.repository.js';
import { changeScimConnectionSchema } from '../connections.schemas.js';

const inputSchema = changeScimConnectionSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Changes what a provisioning client is called, how it speaks, and whose people it provisions. */
@Injectable()
export class ChangeScimConnection extends Command<
  Input,
  { id: string },
  'ScimConnection',
  LoadedConnection
> {
  static readonly traits = {
    name: 'change-scim-connection',
    permission: { action: 'change', subject: 'ScimConnection' },
    changesRights: false,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'ScimConnection'>;

  readonly traits = ChangeScimConnection.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedConnection | null> {
    return loadConnection(tx, id);
  }

  protected async run(
    { tx, now, actor }: CommandContext,
    { id, name, kind, issuerId }: Input,
    connection: LoadedConnection,
  ): Promise<Change<{ id: string }>> {
    if (name !== undefined) await assertNameIsFree(tx, name, id);
    if (issuerId !== undefined) await assertIssuerExists(tx, issuerId);
    const data = {
      ...(name === undefined ? {} : { name }),
      ...(kind === undefined ? {} : { kind }),
      ...(issuerId === undefined ? {} : { issuerId }),
    };
    await tx.scimConnection.update({ where: { id }, data, select: { id: true } });
    if (issuerId !== undefined && issuerId !== connection.issuerId)
      await raiseAlert(tx, now, {
        kind: 'issuer_changed',
        subject: { kind: 'scim_connection', id },
        message: `${actor.name} changed at which issuer the people of ${connection.name} sign in.`,
        by: actor,
      });
    return {
      output: { id },
      subject: { id, name: name ?? connection.name },
      facts: { changed: Object.keys(data), ...(issuerId === undefined ? {} : { issuerId }) },
      changes: { before: connection.name, after: name ?? connection.name },
    };
  }
}
