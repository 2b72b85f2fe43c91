import type { TokenError } from '#libs/trust/token-verification';
import { CallError } from '../failure.js';

/** A caller that somebody blocked in the inbox of unregistered agents. */
export const unregisteredAgentBlocked = (): CallError =>
  new CallError('agent_blocked', 'This caller has been blocked. Ask the administrator why.');

/** A delegation that ended, was withdrawn, or never was this agent's; the three look alike. */
export const delegationOver = (): CallError =>
  new CallError(
    'delegation_not_in_force',
    'This agent has no such delegation in force. Ask the person to grant one.',
  );

/** A signed token about somebody whom nobody provisioned. */
export const personNotKnown = (): CallError =>
  new CallError(
    'person_not_known',
    'The token is about a person who is not known here. Ask the administrator to provision them.',
  );

/** A token beside the caller's own that proves nothing about anybody: 403, since the caller itself is known. */
export const personNotProven = (rejection: TokenError): CallError =>
  new CallError('person_not_proven', `onBehalfOf: ${rejection.message}`, { cause: rejection });
