import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { z } from 'zod';
import { lockToolServer, type LockedToolServer } from '../catalog.repository.js';
import { addressOf } from '../tool-server-address.js';

const inputSchema = z.strictObject({
  serverId: idSchema,
  asked: z.string(),
  reason: z.string().max(1000),
});
type Input = z.infer<typeof inputSchema>;

/** Says why an attempt at discovery failed while more attempts follow, for whoever is waiting. */
@Injectable()
export class RecordDiscoveryFailure extends Command<
  Input,
  { id: string },
  'ToolServer',
  LockedToolServer
> {
  static readonly traits = {
    name: 'record-discovery-failure',
    permission: { action: 'register', subject: 'ToolServer' },
    changesRights: false,
    creates: false,
    actors: 'system',
  } as const satisfies CommandTraits<'ToolServer'>;

  readonly traits = RecordDiscoveryFailure.traits;
  readonly input = inputSchema;

  protected subjectId({ serverId }: Input): string {
    return serverId;
  }

  protected load({ tx }: CommandContext, { serverId }: Input): Promise<LockedToolServer | null> {
    return lockToolServer(tx, serverId);
  }

  protected async run(
    { tx, now }: CommandContext,
    { asked, reason }: Input,
    server: LockedToolServer,
  ): Promise<Change<{ id: string }>> {
    const { id, state } = server;
    // Where tools are pinned nobody waits, and another address is being asked already.
    if (state === 'discovering' && asked === addressOf(server)) {
      await tx.toolServer.update({
        where: { id },
        data: { stateReason: reason, updatedAt: now },
        select: { id: true },
      });
    }
    return { output: { id }, subject: server, facts: { state }, changes: { reason } };
  }
}
