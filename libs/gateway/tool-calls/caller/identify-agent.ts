import { matchesBinding, type VerifiedToken } from '#libs/trust/token-verification';
import { CallError } from '../failure.js';
import type { GatewayBinding, GatewaySnapshot } from '../snapshot/gateway-snapshot.js';
import type { Caller } from './caller.js';
import { unregisteredAgentBlocked } from './rejections.js';

/**
 * Which agent a verified token names: by (issuer, subject), by (issuer, client), or as a token of our
 * own; exactly, or none at all (invariant I7). Whether the agent may still do anything is another
 * question: `standing`.
 */
export const identifyAgent = (token: VerifiedToken, snapshot: GatewaySnapshot): Caller => {
  if (token.issuerId === null) return byOwnToken(token, snapshot);
  if (snapshot.isUnregisteredAgentBlocked(token.issuerId, token.subject, token.clientId ?? ''))
    throw unregisteredAgentBlocked();
  const [binding, ...others] = bindingsOf(token, snapshot);
  if (binding === undefined)
    throw new CallError(
      'unbound_token',
      'The token is good, but no agent is bound to it. Ask the administrator to register or bind one.',
    );
  if (others.length > 0)
    throw new CallError(
      'ambiguous_token',
      'The token matches two bindings, so it names no one agent. Ask the administrator to remove one.',
    );
  const proof = binding.kind === 'client' ? 'client_binding' : 'subject_binding';
  return { agent: binding.agent, binding, token, proof, onBehalfOf: null };
};

const bindingsOf = (token: VerifiedToken, snapshot: GatewaySnapshot): readonly GatewayBinding[] => {
  const bySubject = snapshot.subjectBindings(token.issuer, token.subject);
  const byClient =
    token.clientId === null ? [] : snapshot.clientBindings(token.issuer, token.clientId);
  const found = byClient.length === 0 ? bySubject : [...bySubject, ...byClient];
  return found.filter(({ token: named }) => named !== null && matchesBinding(token, named));
};

// The agent is the subject; or, where the subject is a person, the current actor (RFC 8693 §4.1). The
// token counts only as long as the binding that it was got by.
const byOwnToken = (token: VerifiedToken, snapshot: GatewaySnapshot): Caller => {
  const { binding_id: bindingId } = token.claims;
  const agentId = token.actors[0] ?? token.subject;
  const binding = typeof bindingId === 'string' ? snapshot.bindings.get(bindingId) : undefined;
  if (binding === undefined || binding.agent.id !== agentId || token.clientId !== agentId)
    throw new CallError(
      'unbound_token',
      'What this token was issued for is not bound to the agent any more. Get a new token.',
    );
  return { agent: binding.agent, binding, token, proof: 'own_token', onBehalfOf: null };
};
