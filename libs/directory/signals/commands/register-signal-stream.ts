import { Inject, Injectable } from '@nestjs/common';
import { command, CommandRuntime, type Change, type CommandContext } from '#libs/engine/commands';
import { DomainError, newId } from '#libs/platform/kernel';
import { SecretBox } from '#libs/platform/secrets';
import { OUTBOUND, type Outbound } from '#libs/engine/upstream';
import type { z } from 'zod';
import { pollTokenContext, streamIssuer } from '../signals.repository.js';
import { registerSignalStreamSchema } from '../signals.schemas.js';

type Input = z.infer<typeof registerSignalStreamSchema>;

/** Begins to receive what an issuer says of its subjects. */
@Injectable()
export class RegisterSignalStream extends command({
  name: 'register-signal-stream',
  permission: { action: 'register', subject: 'SignalStream' },
  changesRights: false,
  emergency: { rejected: 'no emergency waits for it' },
  creates: true,
  input: registerSignalStreamSchema,
  load: () => ({ id: newId() }),
})<{ id: string }> {
  constructor(
    runtime: CommandRuntime,
    @Inject(OUTBOUND) private readonly outbound: Outbound,
    private readonly secrets: SecretBox,
  ) {
    super(runtime);
  }

  protected async run(
    { tx, now }: CommandContext,
    { issuerId, audience, delivery, pollUrl, pollToken }: Input,
    { id }: { id: string },
  ): Promise<Change<{ id: string }>> {
    const issuer = await streamIssuer(tx, issuerId);
    if (pollUrl !== null) this.outbound.assertUrl(pollUrl);
    if ((await tx.signalStream.count({ where: { issuerId, audience } })) > 0)
      throw new DomainError(
        'conflict',
        'A stream of this issuer with this audience is there already.',
      );
    const sealedPollToken =
      pollToken === null ? null : this.secrets.seal(pollToken, pollTokenContext(id));
    await tx.signalStream.create({
      data: {
        id,
        issuerId,
        audience,
        delivery,
        pollUrl,
        sealedPollToken,
        enabled: true,
        createdAt: now,
      },
    });
    return {
      output: { id },
      subject: { id, name: issuer.name },
      facts: { issuerId, delivery },
      changes: { audience, pollUrl },
    };
  }
}
