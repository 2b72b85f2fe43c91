import { Inject, Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';
import { SecretBox } from '#libs/platform/secrets';
import { OUTBOUND, UpstreamError, type Outbound } from '#libs/engine/upstream';
import { PollFailedError, SetError } from '../errors.js';
import { SignalIntake } from '../signal-intake.js';
import { pollTokenContext } from '../signals.repository.js';
import { pollTransmitter, type PollAcknowledgement } from './poll-client.js';

// A transmitter that never says "no more" must not keep the worker.
const MAX_ROUNDS = 20;
const NOTHING: PollAcknowledgement = { ack: [], setErrs: {} };

interface PolledStream {
  id: string;
  pollUrl: string | null;
  sealedPollToken: string | null;
}

/** The job `signals.poll`: fetches what the polled streams have, does it, and only then acknowledges it. */
@Injectable()
export class SignalPolling {
  constructor(
    private readonly db: Database,
    private readonly runtime: CommandRuntime,
    private readonly intake: SignalIntake,
    private readonly secrets: SecretBox,
    @Inject(OUTBOUND) private readonly outbound: Outbound,
  ) {}

  /** One round over every polled stream; a stream that fails says so and does not hold up the others. */
  async pollAll(): Promise<void> {
    const streams = await this.db.signalStream.findMany({
      where: { delivery: 'poll', enabled: true, issuer: { retiredAt: null } },
      select: { id: true, pollUrl: true, sealedPollToken: true },
    });
    await Promise.all(streams.map((stream) => this.#poll(stream)));
  }

  async #poll(stream: PolledStream): Promise<void> {
    const lastError = await this.#drain(stream).then(() => null, sentenceOf);
    // What a poll found is bookkeeping, not a change that somebody made.
    await this.db.signalStream.updateMany({
      where: { id: stream.id },
      data: { lastPolledAt: this.runtime.clock.now(), lastError },
    });
  }

  async #drain({ id, pollUrl, sealedPollToken }: PolledStream): Promise<void> {
    if (pollUrl === null || sealedPollToken === null) return;
    const from = { url: pollUrl, token: this.secrets.open(sealedPollToken, pollTokenContext(id)) };
    let told = NOTHING;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const { sets, moreAvailable } = await pollTransmitter(this.outbound, from, told);
      told = await this.#takeAll(sets, id);
      const isAllTold = told.ack.length === 0 && Object.keys(told.setErrs).length === 0;
      if (isAllTold && !moreAvailable) return;
    }
  }

  async #takeAll(sets: Record<string, string>, streamId: string): Promise<PollAcknowledgement> {
    const ack: string[] = [];
    const setErrs: Record<string, PollAcknowledgement['setErrs'][string]> = {};
    for (const [jti, token] of Object.entries(sets)) {
      try {
        await this.intake.take(token, streamId);
        ack.push(jti);
      } catch (error) {
        // Anything else is ours: the token stays unacknowledged and comes again.
        if (!(error instanceof SetError)) throw error;
        setErrs[jti] = { err: error.err, description: error.message };
      }
    }
    return { ack, setErrs };
  }
}

const sentenceOf = (error: unknown): string => {
  const isTold =
    error instanceof PollFailedError ||
    error instanceof UpstreamError ||
    error instanceof DomainError;
  return isTold
    ? error.message.slice(0, 500)
    : 'The poll failed on our side: see the worker’s log.';
};
