import { Injectable } from '@nestjs/common';
import { isStorable } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { DomainError, systemActor } from '#libs/platform/kernel';
import { RejectionCounter } from '#libs/engine/ledger';
import {
  IssuerUnavailableError,
  TokenError,
  TokenVerifier,
  readUnverifiedToken,
} from '#libs/trust/token-verification';
import { wasTokenUsed } from '#libs/trust/token-endpoint';
import { EndIdpSessions } from '../commands/end-idp-sessions.js';
import type { SignInProvider } from '../providers/sign-in-provider.js';
import { SignInProviders } from '../providers/sign-in-providers.js';
import { readLogoutClaims, type LogoutClaims } from './logout-token.js';

// Older ones have nothing left to end: a session lives shorter than it takes to notice.
const MAX_AGE_SECONDS = 3_600;

/** Ends sessions at the word of the IdP at which they began (OpenID Connect Back-Channel Logout 1.0). */
@Injectable()
export class BackChannelLogout {
  constructor(
    private readonly providers: SignInProviders,
    private readonly endIdpSessions: EndIdpSessions,
    private readonly rejections: RejectionCounter,
    private readonly db: Database,
    private readonly verifier: TokenVerifier,
  ) {}

  /** @throws DomainError `invalid_input` when the token is not good, `unavailable` when nobody can say. */
  async end(token: string): Promise<void> {
    const { provider, claims } = await this.#verified(token);
    const { subject, session, tokenId, expiresAt } = claims;
    const { key, issuer } = provider;
    await this.endIdpSessions.execute(systemActor('sign-in'), {
      provider: key,
      issuer,
      subject,
      session,
      tokenId,
      expiresAt: expiresAt.toISOString(),
    });
  }

  async #verified(token: string): Promise<{ provider: SignInProvider; claims: LogoutClaims }> {
    try {
      const found = await this.#verify(token);
      if (found !== undefined) return found;
    } catch (error) {
      if (error instanceof IssuerUnavailableError)
        throw new DomainError('unavailable', 'Your keys cannot be fetched now: send it again.');
      if (!(error instanceof TokenError)) throw error;
    }
    // Nobody that we have a name for: counted, so that it cannot fill the ledger.
    this.rejections.count('bad_logout_token', 'sign-in');
    throw new DomainError('invalid_input', 'The logout token is not valid here.');
  }

  async #verify(token: string) {
    const { iss, aud } = readUnverifiedToken(token).claims;
    const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
    const provider = (await this.providers.list()).find(
      (one) => one.issuer === iss && audiences.includes(one.clientId),
    );
    if (provider === undefined) return undefined;
    // Its claims are a closed set, without those that are pinned for access.
    const issuer = { ...provider.jwt, requiredClaims: {} };
    const verified = await this.verifier.verifyJwt(token, issuer, {
      typ: ['logout+jwt', null],
      audiences: [provider.clientId],
      requiredClaims: ['iat', 'exp', 'jti', 'events'],
      maxAgeSeconds: MAX_AGE_SECONDS,
    });
    const claims = readLogoutClaims(verified.claims, issuer.clockToleranceSeconds);
    if (claims === undefined || !isStorable(verified.claims)) return undefined;
    // Checked first: a sender with one token must not fill the ledger by repeating it.
    const { tokenId } = claims;
    const isUsed = await wasTokenUsed(this.db, 'logout', { issuer: provider.issuer, tokenId });
    return isUsed ? undefined : { provider, claims };
  }
}
