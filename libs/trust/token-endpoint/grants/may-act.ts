import type { VerifiedToken } from '#libs/trust/token-verification';
import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import { unacceptable } from './exchange-error.js';
import type { TokenDeps } from './token-deps.js';
import type { TokenCaller } from './token-request.js';

const MEMBERS: ReadonlySet<string> = new Set(['iss', 'sub', 'client_id']);

/**
 * A subject token that says who may act (RFC 8693 §4.4) must name the agent: by our own id for it, or by
 * one of its bindings. Without an `iss` the name is one that the token's own issuer gives.
 */
export const assertMayAct = async (
  token: VerifiedToken,
  caller: TokenCaller,
  deps: TokenDeps,
): Promise<void> => {
  const claim = token.claims['may_act'];
  if (claim === undefined) return;
  if (!isNamed(claim) || !(await isNameOf(claim, token.issuer, caller, deps)))
    throw unacceptable('The subject token names another actor: this agent may not act on it.');
};

const isNamed = (claim: Json): claim is JsonObject =>
  isObject(claim) &&
  ('sub' in claim || 'client_id' in claim) &&
  // What is not understood might be what excludes this agent.
  Object.entries(claim).every(([name, value]) => MEMBERS.has(name) && typeof value === 'string');

const isNameOf = async (
  { iss, sub, client_id: client }: JsonObject,
  tokenIssuer: string,
  { agentId }: TokenCaller,
  { db, config }: TokenDeps,
): Promise<boolean> => {
  const issuer = typeof iss === 'string' ? iss : tokenIssuer;
  if (issuer === config.publicUrl) return [sub, client].every((name) => isAbsentOr(name, agentId));
  const bindings = await db.binding.findMany({
    where: { agentId, issuer: { url: issuer, retiredAt: null } },
    select: { kind: true, subject: true },
  });
  return isOneOf(bindings, 'subject', sub) && isOneOf(bindings, 'client', client);
};

const isAbsentOr = (name: Json | undefined, expected: string): boolean =>
  name === undefined || name === expected;

const isOneOf = (
  bindings: readonly { kind: string; subject: string }[],
  kind: string,
  name: Json | undefined,
): boolean =>
  name === undefined ||
  bindings.some((binding) => binding.kind === kind && binding.subject === name);
