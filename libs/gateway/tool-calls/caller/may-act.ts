import type { VerifiedToken } from '#libs/trust/token-verification';
import { isObject, type Json } from '#libs/platform/kernel';
import type {
  GatewayAgent,
  GatewayBinding,
  GatewaySnapshot,
} from '../snapshot/gateway-snapshot.js';

const MEMBERS: ReadonlySet<string> = new Set(['iss', 'sub', 'client_id']);

/**
 * Whether a token about a person lets this agent act on it (RFC 8693 §4.4): it says nothing about who
 * may, or names the agent by our own id for it, or by one of its bindings. Without an `iss` the name is
 * one that the token's own issuer gives.
 */
export const canAct = (
  { claims, issuer: tokenIssuer }: VerifiedToken,
  agent: GatewayAgent,
  snapshot: GatewaySnapshot,
): boolean => {
  const claim = claims['may_act'];
  if (claim === undefined) return true;
  if (!isNamed(claim)) return false;
  const { sub, client_id: client } = claim;
  const issuer = claim['iss'] ?? tokenIssuer;
  if (issuer === snapshot.own?.url)
    return [sub, client].every((name) => name === undefined || name === agent.id);
  const isTheirs = (bindings: readonly GatewayBinding[]) =>
    bindings.some((binding) => binding.agent.id === agent.id);
  return (
    (sub === undefined || isTheirs(snapshot.subjectBindings(issuer, sub))) &&
    (client === undefined || isTheirs(snapshot.clientBindings(issuer, client)))
  );
};

const isNamed = (claim: Json): claim is Record<string, string> =>
  isObject(claim) &&
  ('sub' in claim || 'client_id' in claim) &&
  // What is not understood might be what excludes this agent.
  Object.entries(claim).every(([name, value]) => MEMBERS.has(name) && typeof value === 'string');
