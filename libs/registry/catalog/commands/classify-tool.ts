import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import type { z } from 'zod';
import { lockTool, type LockedTool } from '../catalog.repository.js';
import { classifyToolSchema } from '../catalog.schemas.js';

const inputSchema = classifyToolSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Says what a tool's effect is, whatever its tool server claims; rules by classification apply at once. */
@Injectable()
export class ClassifyTool extends Command<Input, { id: string }, 'Tool', LockedTool> {
  static readonly traits = {
    name: 'classify-tool',
    permission: { action: 'classify', subject: 'Tool' },
    changesRights: true,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Tool'>;

  readonly traits = ClassifyTool.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LockedTool | null> {
    return lockTool(tx, id);
  }

  protected async run(
    { tx, now, actor }: CommandContext,
    { id, classification, reason }: Input,
    tool: LockedTool,
  ): Promise<Change<{ id: string }>> {
    await tx.tool.update({
      where: { id },
      data: {
        classification,
        classifiedAt: now,
        classifiedById: actor.kind === 'person' ? actor.id : null,
      },
      select: { id: true },
    });
    return {
      output: { id },
      subject: { id, name: `${tool.server.slug}/${tool.name}` },
      facts: {
        from: tool.classification,
        to: classification,
        // The first time, `from` was nobody's decision.
        first: tool.classifiedAt === null,
        serverId: tool.serverId,
      },
      reason,
    };
  }
}
