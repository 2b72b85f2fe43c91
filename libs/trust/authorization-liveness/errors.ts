import { MAX_ACTORS } from './proofs.js';

/**
 * Why somebody with a good token is not authorized all the same: the code that the gateway answers, and the
 * sentence for the caller. Reasons are finer than codes; both are stable.
 */
export const AUTHORIZATION_REJECTIONS = {
  blocked: ['agent_blocked', 'This caller has been blocked. Ask the administrator why.'],
  no_binding: [
    'unbound_token',
    'The token is good, but no agent is bound to it. Ask the administrator to register or bind one.',
  ],
  ambiguous_binding: [
    'ambiguous_token',
    'The token matches two bindings, so it names no one agent. Ask the administrator to remove one.',
  ],
  own_token_unbound: [
    'unbound_token',
    'What this token was issued for is not bound to the agent any more. Get a new token.',
  ],
  binding_removed: [
    'unbound_token',
    'The binding of this token has been removed. Ask the administrator.',
  ],
  unknown_agent: ['agent_not_active', 'The agent of this token is not registered here any more.'],
  agent_expired: [
    'agent_not_active',
    'The agent of this token has expired. Ask its owner to extend it.',
  ],
  agent_emergency_ended: [
    'agent_not_active',
    'What was done to the agent of this token in an emergency has ended with it. Ask IT to do it anew.',
  ],
  agent_draft: [
    'agent_not_active',
    'The agent of this token has not been activated yet. Ask its owner to activate it.',
  ],
  agent_suspended: [
    'agent_not_active',
    'The agent of this token is suspended. Ask its owner or security why.',
  ],
  agent_retired: [
    'agent_not_active',
    'The agent of this token is retired and cannot call tools any more.',
  ],
  client_unbound: [
    'person_not_proven',
    'The token was issued to a client whose binding has been removed. Ask the administrator to bind the client.',
  ],
  unknown_person: [
    'unknown_person',
    'The token is about a person who is not known here. Ask the administrator to provision them.',
  ],
  person_not_active: [
    'person_not_active',
    'The person for whom this agent acts is not active any more. Ask the administrator.',
  ],
  untrusted_actors: [
    'person_not_proven',
    'The token carries actors of another issuer, which cannot be checked here.',
  ],
  actor_mismatch: [
    'person_not_proven',
    'The token says who may act for the person (may_act), and it is not this agent.',
  ],
  too_many_actors: ['person_not_proven', `At most ${MAX_ACTORS} agents can act one for another.`],
  delegation_not_in_force: [
    'delegation_not_in_force',
    'This agent has no such delegation in force. Ask the person to grant one.',
  ],
} as const;

/** One of the keys of {@link AUTHORIZATION_REJECTIONS}. */
export type AuthorizationErrorReason = keyof typeof AUTHORIZATION_REJECTIONS;

/** What the gateway answers to it. */
export type AuthorizationErrorCode = (typeof AUTHORIZATION_REJECTIONS)[AuthorizationErrorReason][0];

/** A good token that authorizes nothing: who bears it is not, or not any more, somebody who may act here. */
export class AuthorizationError extends Error {
  override readonly name = 'AuthorizationError';
  readonly code: AuthorizationErrorCode;

  constructor(readonly reason: AuthorizationErrorReason) {
    const [code, message] = AUTHORIZATION_REJECTIONS[reason];
    super(message);
    this.code = code;
  }
}
