import { TokenRefusal } from '#libs/identity';
import { CallFailure } from '../failure.js';
import type { GatewayAgent } from '../snapshot/gateway-snapshot.js';
import type { Step } from './step.js';

/**
 * Who calls: a token of a trusted issuer whose (issuer, subject) is bound to exactly one agent, and that
 * agent is active (invariants I1, I7, I9).
 */
export const authenticate: Step = async (exchange, { snapshots, tokens }) => {
  const { bearer } = exchange.credentials;
  exchange.caller = null;
  exchange.isTokenJudged = true;
  exchange.snapshot = await snapshots.atLeast(exchange.minimumEpoch);
  if (bearer === null) throw new TokenRefusal('missing');
  const token = await tokens.verify(bearer, exchange.snapshot);
  const [bound, ...others] = exchange.snapshot.bindingsOf(token.issuer, token.subject);
  if (bound === undefined)
    throw new CallFailure(
      'unbound_token',
      'The token is good, but no agent is bound to its subject. Ask the administrator to bind one.',
    );
  if (others.length > 0)
    throw new CallFailure(
      'ambiguous_token',
      'The token matches two bindings, so it names no one agent. Ask the administrator to remove one.',
    );
  exchange.caller = bound;
  assertActive(bound.agent);
};

const assertActive = ({ state }: GatewayAgent): void => {
  switch (state) {
    case 'active':
      return;
    case 'draft':
      throw notActive('has not been activated yet. Ask its owner to activate it');
    case 'suspended':
      throw notActive('is suspended. Ask its owner or security why');
    case 'retired':
      throw notActive('is retired and cannot call tools any more');
    default:
      throw notActive(`is in an unknown state (${String(state satisfies never)})`);
  }
};

const notActive = (what: string): CallFailure =>
  new CallFailure('agent_not_active', `The agent of this token ${what}.`);
