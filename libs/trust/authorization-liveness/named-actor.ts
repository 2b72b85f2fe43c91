import { isObject, type Json } from '#libs/platform/kernel';
import type { VerifiedToken } from '#libs/trust/token-verification';

/** Whom a `may_act` claim names; without an `iss` by a name that the token's own issuer gives. */
export interface NamedActor {
  readonly issuer: string;
  readonly subject: string | null;
  readonly client: string | null;
}

/** Who may act on a token (RFC 8693 §4.4): undefined, it says nothing; null, it cannot be understood. */
export const namedActor = ({
  claims,
  issuer,
}: Pick<VerifiedToken, 'claims' | 'issuer'>): NamedActor | null | undefined => {
  const claim = claims['may_act'];
  if (claim === undefined) return undefined;
  if (!isNamed(claim)) return null;
  const { iss, sub, client_id: client } = claim;
  return { issuer: iss ?? issuer, subject: sub ?? null, client: client ?? null };
};

const MEMBERS: ReadonlySet<string> = new Set(['iss', 'sub', 'client_id']);

const isNamed = (claim: Json): claim is Record<string, string> =>
  isObject(claim) &&
  ('sub' in claim || 'client_id' in claim) &&
  // What is not understood might be what excludes this agent.
  Object.entries(claim).every(([name, value]) => MEMBERS.has(name) && typeof value === 'string');
