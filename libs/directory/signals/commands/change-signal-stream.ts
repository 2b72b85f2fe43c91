import { Inject, Injectable } from '@nestjs/common';
import { CommandRuntime, type Change, type CommandContext } from '#libs/engine/commands';
import { DomainError } from '#libs/platform/kernel';
import { SecretBox } from '#libs/platform/secrets';
import { OUTBOUND, type Outbound } from '#libs/engine/upstream';
import type { z } from 'zod';
import { changeOfStream, pollTokenContext, type LoadedStream } from '../signals.repository.js';
import { changeSignalStreamSchema } from '../signals.schemas.js';
type Input = z.infer<typeof changeSignalStreamSchema> & { id: string };

/** Changes how a stream is polled, or receives it again. */
@Injectable()
export class ChangeSignalStream extends changeOfStream({
  name: 'change-signal-stream',
  action: 'change',
  changesRights: false,
  emergency: { rejected: 'no emergency waits for it' },
  input: changeSignalStreamSchema,
})<{ id: string }> {
  constructor(
    runtime: CommandRuntime,
    @Inject(OUTBOUND) private readonly outbound: Outbound,
    private readonly secrets: SecretBox,
  ) {
    super(runtime);
  }

  protected async run(
    { tx }: CommandContext,
    { id, enabled, pollUrl, pollToken }: Input,
    stream: LoadedStream,
  ): Promise<Change<{ id: string }>> {
    const isPollChanged = pollUrl !== undefined || pollToken !== undefined;
    if (isPollChanged && stream.delivery !== 'poll')
      throw new DomainError(
        'conflict',
        'The transmitter pushes this stream: there is nothing to poll.',
      );
    // A token is for the address that it was given for (invariant G6).
    if (pollUrl !== undefined && pollToken === undefined)
      throw new DomainError('invalid_input', 'Give the token for the new address too.', {
        problems: [{ path: 'pollToken', message: 'belongs to the address' }],
      });
    if (pollUrl !== undefined) this.outbound.assertUrl(pollUrl);
    await tx.signalStream.update({
      where: { id },
      data: {
        ...(enabled === undefined ? {} : { enabled }),
        ...(pollUrl === undefined ? {} : { pollUrl }),
        ...(pollToken === undefined
          ? {}
          : { sealedPollToken: this.secrets.seal(pollToken, pollTokenContext(id)) }),
        ...(isPollChanged ? { lastError: null } : {}),
      },
      select: { id: true },
    });
    return {
      output: { id },
      subject: stream,
      facts: { enabled: enabled ?? stream.enabled, tokenChanged: pollToken !== undefined },
      ...(pollUrl === undefined ? {} : { changes: { pollUrl } }),
    };
  }
}
