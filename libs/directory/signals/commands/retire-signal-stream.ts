import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import type { z } from 'zod';
import { lockStream, type LoadedStream } from '../signals.repository.js';
import { retireSignalStreamSchema } from '../signals.schemas.js';

const inputSchema = retireSignalStreamSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Stops receiving a stream: what it sends from now on is rejected, what it did stays. */
@Injectable()
export class RetireSignalStream extends Command<
  Input,
  { id: string },
  'SignalStream',
  LoadedStream
> {
  static readonly traits = {
    name: 'retire-signal-stream',
    permission: { action: 'retire', subject: 'SignalStream' },
    changesRights: false,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'SignalStream'>;

  readonly traits = RetireSignalStream.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedStream | null> {
    return lockStream(tx, id);
  }

  protected async run(
    { tx }: CommandContext,
    { id, reason }: Input,
    stream: LoadedStream,
  ): Promise<Change<{ id: string }>> {
    if (!stream.enabled) throw new DomainError('conflict', 'This stream is not received already.');
    await tx.signalStream.update({ where: { id }, data: { enabled: false }, select: { id: true } });
    return { output: { id }, subject: stream, facts: { enabled: false }, reason };
  }
}
