import {
  IssuerUnavailableError,
  TokenError,
  TokenVerifier,
  trustedIssuer,
} from '#libs/trust/token-verification';
import { newId, type Clock } from '#libs/platform/kernel';
import type { OutboundFetch } from '#libs/engine/upstream';
import type { IssuerCheck } from '../issuers.schemas.js';
import { failed, passed, type TestedSettings } from './issuer-checks.js';
import { probeDocument } from './issuer-probe.js';

/**
 * Whether a token would be accepted with these settings, and why not. The token is neither stored nor
 * repeated: only the sentence that its bearer would be told.
 */
export const checkSampleToken = async (
  token: string,
  settings: TestedSettings,
  { fetch, clock, signal }: { fetch: OutboundFetch; clock: Clock; signal: AbortSignal },
): Promise<IssuerCheck> => {
  const document = async (url: string): Promise<unknown> => {
    const fetched = await probeDocument(fetch, url, signal);
    if (fetched.document === null) throw new Error(fetched.problem);
    return fetched.document;
  };
  try {
    const issuer = trustedIssuer({ ...settings, id: newId() });
    const issuers = new Map([[issuer.url, issuer]]);
    await new TokenVerifier(document, clock).verify(token, { epoch: 0n, issuers, own: null });
    return passed('sample_token', 'The token would be accepted.');
  } catch (error) {
    if (error instanceof TokenError) return failed('sample_token', error.message);
    if (error instanceof IssuerUnavailableError)
      return failed('sample_token', 'Its keys cannot be fetched, so nobody can say.');
    throw error;
  }
};
