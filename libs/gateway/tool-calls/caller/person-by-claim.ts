import { TokenError, type TokenVerifier, type VerifiedToken } from '#libs/trust/token-verification';
import { isUuid } from '#libs/platform/kernel';
import { CallError } from '../failure.js';
import type { GatewaySnapshot } from '../snapshot/gateway-snapshot.js';
import type { Caller, OnBehalfOf } from './caller.js';
import { canAct } from './may-act.js';
import { delegationOver, personNotProven } from './rejections.js';

const COMPACT_JWT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/**
 * For whom a call says that it is made. A name proves nothing: it takes a delegation that the person
 * granted to this agent, or a signed token about them (invariant I8).
 */
export const personByClaim = async (
  claim: string,
  caller: Caller,
  tokens: Pick<TokenVerifier, 'verify'>,
  snapshot: GatewaySnapshot,
): Promise<OnBehalfOf> => {
  const named = await provenBy(claim, caller, tokens, snapshot);
  const already = caller.onBehalfOf;
  if (already === null) return named;
  if (already.person.id === named.person.id) return already;
  throw new CallError(
    'person_contradicted',
    'The access token is about one person and onBehalfOf names another. Leave onBehalfOf out.',
  );
};

const provenBy = async (
  claim: string,
  caller: Caller,
  tokens: Pick<TokenVerifier, 'verify'>,
  snapshot: GatewaySnapshot,
): Promise<OnBehalfOf> => {
  if (isUuid(claim)) return byDelegation(claim, caller, snapshot);
  if (!COMPACT_JWT.test(claim))
    throw new CallError(
      'person_not_proven',
      'onBehalfOf must be a signed token about the person, or the id of a delegation that they granted; a name proves nothing.',
    );
  return byToken(await verified(claim, tokens, snapshot), caller, snapshot);
};

const byDelegation = (id: string, { agent }: Caller, snapshot: GatewaySnapshot): OnBehalfOf => {
  const delegation = snapshot.delegations.get(id);
  const person = delegation && snapshot.people.get(delegation.personId);
  // Another agent's delegation looks like one that never was.
  if (delegation?.agentId !== agent.id || person === undefined) throw delegationOver();
  return { person, proof: 'delegation', delegation, token: null };
};

const byToken = (token: VerifiedToken, caller: Caller, snapshot: GatewaySnapshot): OnBehalfOf => {
  // Whoever shows it here cannot prove that it holds the key, and our own tokens say it all by themselves.
  if (token.confirmationThumbprint !== null || token.issuerId === null || token.isClientItself)
    throw notAbout();
  if (token.claims['act'] !== undefined)
    throw new CallError(
      'person_not_proven',
      'The token in onBehalfOf carries actors of another issuer, which cannot be checked here.',
    );
  const person = snapshot.personOf(token.issuer, token.subject);
  if (person === undefined) throw notAbout();
  if (!canAct(token, caller.agent, snapshot))
    throw new CallError(
      'person_not_proven',
      'The token in onBehalfOf says who may act for the person (may_act), and it is not this agent.',
    );
  return { person, proof: 'subject_token', delegation: null, token };
};

const notAbout = (): CallError =>
  new CallError(
    'person_not_proven',
    'The token in onBehalfOf is about nobody who is known here. Ask the administrator to provision them.',
  );

// A bad token of the caller's own is 401; a bad one about somebody else proves nothing.
const verified = async (
  claim: string,
  tokens: Pick<TokenVerifier, 'verify'>,
  snapshot: GatewaySnapshot,
): Promise<VerifiedToken> => {
  try {
    return await tokens.verify(claim, snapshot);
  } catch (error) {
    throw error instanceof TokenError ? personNotProven(error) : error;
  }
};
