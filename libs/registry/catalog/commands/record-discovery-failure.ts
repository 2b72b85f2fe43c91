import { command } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { z } from 'zod';
import { lockToolServer } from '../catalog.repository.js';
import { addressOf } from '../tool-server-address.js';

const inputSchema = z.strictObject({
  serverId: idSchema,
  url: z.string(),
  reason: z.string().max(1000),
});

/** Says why an attempt at discovery failed while more attempts follow, for the person who waits. */
export class RecordDiscoveryFailure extends command({
  name: 'record-discovery-failure',
  permission: { action: 'register', subject: 'ToolServer' },
  changesRights: false,
  actors: 'system',
  input: inputSchema,
  subjectId: ({ serverId }) => serverId,
  load: (ctx, { serverId }) => lockToolServer(ctx, serverId),
  async run({ tx, now }, { url, reason }, server) {
    const { id, state } = server;
    // Where tools are pinned nobody waits, and another address is being asked already.
    if (state === 'discovering' && url === addressOf(server)) {
      await tx.toolServer.update({
        where: { id },
        data: { stateReason: reason, updatedAt: now },
        select: { id: true },
      });
    }
    return { output: { id }, subject: server, facts: { state }, changes: { reason } };
  },
}) {}
