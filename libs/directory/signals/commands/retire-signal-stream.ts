import { DomainError } from '#libs/platform/kernel';
import { changeOfStream } from '../signals.repository.js';
import { retireSignalStreamSchema } from '../signals.schemas.js';

/** Stops receiving a stream: what it sends from now on is rejected, what it did stays. */
export class RetireSignalStream extends changeOfStream({
  name: 'retire-signal-stream',
  action: 'retire',
  changesRights: false,
  emergency: { rejected: 'revocations would not arrive any more' },
  input: retireSignalStreamSchema,
  async run({ tx }, { id, reason }, stream) {
    if (!stream.enabled) throw new DomainError('conflict', 'This stream is already retired.');
    await tx.signalStream.update({ where: { id }, data: { enabled: false }, select: { id: true } });
    return { output: { id }, subject: stream, facts: { enabled: false }, reason };
  },
}) {}
