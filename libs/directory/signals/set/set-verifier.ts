import { Injectable } from '@nestjs/common';
import { isStorable } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import {
  IssuerUnavailableError,
  readUnverifiedToken,
  TokenError,
  TokenVerifier,
  trustedIssuer,
} from '#libs/trust/token-verification';
import { DomainError } from '#libs/platform/kernel';
import { readEvent, type SignalEvent } from './read-event.js';
import { SetError } from '../errors.js';

// A transmitter that was down for a while delivers late; what is older than this is about another time.
const MAX_AGE_SECONDS = 7 * 24 * 3600;
const CODES = {
  unknown_issuer: 'invalid_issuer',
  wrong_audience: 'invalid_audience',
  unknown_key: 'invalid_key',
  invalid_signature: 'authentication_failed',
} as const;

/** A signal of a stream that we receive, signed by that stream's issuer. */
export interface VerifiedSignal extends SignalEvent {
  streamId: string;
}

/** Checks Security Event Tokens (RFC 8417, SSF 1.0): `secevent+jwt` of a stream's own issuer and audience. */
@Injectable()
export class SetVerifier {
  constructor(
    private readonly db: Database,
    private readonly verifier: TokenVerifier,
  ) {}

  /**
   * The one event of a SET. With `streamId` only that stream's are taken.
   * @throws SetError when it is not good, DomainError `unavailable` when the issuer's keys cannot be had.
   */
  async verify(token: string, streamId?: string): Promise<VerifiedSignal> {
    try {
      return await this.#verify(token, streamId);
    } catch (error) {
      if (error instanceof IssuerUnavailableError)
        throw new DomainError('unavailable', 'Your keys cannot be fetched now: send it again.');
      if (!(error instanceof TokenError)) throw error;
      const { reason } = error;
      const code = Object.hasOwn(CODES, reason) ? CODES[reason as keyof typeof CODES] : undefined;
      throw new SetError(code ?? 'invalid_request', error.message, { cause: error });
    }
  }

  async #verify(token: string, streamId: string | undefined): Promise<VerifiedSignal> {
    const { iss, aud } = readUnverifiedToken(token).claims;
    const audiences = new Set<unknown>(Array.isArray(aud) ? aud : [aud]);
    if (typeof iss !== 'string') throw new SetError('invalid_issuer', 'The token names no issuer.');
    const streams = await this.db.signalStream.findMany({
      where: { enabled: true, issuer: { url: iss, retiredAt: null } },
      include: { issuer: true },
    });
    if (streams.length === 0)
      throw new SetError('invalid_issuer', 'No stream of that issuer is received here.');
    const stream = streams.find(
      ({ id, audience }) => audiences.has(audience) && (streamId === undefined || id === streamId),
    );
    if (stream === undefined)
      throw new SetError('invalid_audience', 'The token is meant for another receiver.');
    // Pinned claims are about access tokens; a SET has none of them.
    const issuer = trustedIssuer({ ...stream.issuer, requiredClaims: {} });
    const { claims } = await this.verifier.verifyJwt(token, issuer, {
      typ: ['secevent+jwt'],
      audiences: [stream.audience],
      requiredClaims: ['iat', 'jti', 'events', 'sub_id'],
      maxAgeSeconds: MAX_AGE_SECONDS,
    });
    if (!isStorable(claims))
      throw new SetError('invalid_request', 'The token holds a NUL character.');
    return { ...readEvent(claims, issuer.url), streamId: stream.id };
  }
}
