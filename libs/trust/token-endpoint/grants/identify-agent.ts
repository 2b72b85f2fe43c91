import type { JWK } from 'jose';
import {
  AuthorizationError,
  identifyAgent as bindingNamedBy,
} from '#libs/trust/authorization-liveness';
import { TokenError } from '#libs/trust/token-verification';
import { verifiedRecords } from '#libs/engine/record-signatures';
import { ACCESS_TOKEN_TYPE, asOAuthError, factsAbout, verifyPresented } from './access-tokens.js';
import { tokenEndpoint } from '../endpoint/server-metadata.js';
import { claimedAgentId, invalidClient, verifyAssertion, type OwnKey } from './client-assertion.js';
import type { TokenDeps } from './token-deps.js';
import type { TokenCaller, TokenRequest } from './token-request.js';
import { required, type TokenForm } from './token-form.js';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * Which agent asks: by a key of its own (private_key_jwt), or, when it exchanges tokens, by the one that
 * names it. There is no other way, and no client secret.
 * @throws OAuthError `invalid_client`
 */
export const identifyAgent = async (request: TokenRequest, deps: TokenDeps): Promise<void> => {
  const { form } = request;
  if (form.client_secret !== undefined) throw invalidClient();
  request.caller = form.client_assertion
    ? await byKey(request, form.client_assertion, deps)
    : await byToken(request, deps);
  if (form.client_id !== undefined && form.client_id !== request.caller.agentId)
    throw invalidClient();
};

const byKey = async (
  request: TokenRequest,
  assertion: string,
  { db, config, signedBy, usedTokenIds }: TokenDeps,
): Promise<TokenCaller> => {
  if (request.form.client_assertion_type !== ASSERTION_TYPE) throw invalidClient();
  const agentId = claimedAgentId(assertion);
  const found = await db.agent.findMany({
    where: { id: agentId },
    include: { bindings: { orderBy: { id: 'asc' } } },
  });
  const [agent] = await verifiedRecords(db, signedBy, 'agent', found);
  const keys = (agent?.bindings ?? []).filter(({ kind }) => kind === 'key').map(toOwnKey);
  const audiences = [config.publicUrl, tokenEndpoint(config.publicUrl)];
  const verified = await verifyAssertion(assertion, {
    agentId,
    audiences,
    keys,
    now: request.now,
  });
  const { bindingId, tokenId, issuedAt, expiresAt } = verified;
  const use = { issuer: agentId, tokenId, expiresAt };
  if (agent === undefined || !(await usedTokenIds.isFirstUse('client_assertion', use)))
    throw invalidClient();
  return {
    agentId,
    agentName: agent.name,
    bindingId,
    bindingKind: 'key',
    authenticationMethod: 'client_assertion',
    token: null,
    // Without an iat: it was valid just now.
    assertedAt: issuedAt ?? request.now,
  };
};

const toOwnKey = (binding: { id: string; subject: string; publicKey: unknown }): OwnKey => ({
  bindingId: binding.id,
  thumbprint: binding.subject,
  publicKey: binding.publicKey as JWK,
});

const byToken = async (request: TokenRequest, deps: TokenDeps): Promise<TokenCaller> => {
  const { authenticationMethod, token } = tokenThatNamesIt(request.form);
  try {
    const verified = await verifyPresented(request, token, deps);
    const facts = await factsAbout({ tokens: [verified] }, request, deps);
    const { id: bindingId, kind: bindingKind, agent } = bindingNamedBy(verified, facts);
    return {
      agentId: agent.id,
      agentName: agent.name,
      bindingId,
      bindingKind,
      authenticationMethod,
      token: verified,
      assertedAt: null,
    };
  } catch (error) {
    if (error instanceof TokenError || error instanceof AuthorizationError)
      throw invalidClient({ cause: error });
    throw asOAuthError(error, 'invalid_client', authenticationMethod);
  }
};

const tokenThatNamesIt = (
  form: TokenForm,
): { authenticationMethod: 'actor_token' | 'subject_token'; token: string } => {
  const authenticationMethod = form.actor_token === undefined ? 'subject_token' : 'actor_token';
  const token = form[authenticationMethod];
  const { grant_type: grant } = form;
  if (token === undefined || grant !== TOKEN_EXCHANGE) throw invalidClient();
  if (required(form, `${authenticationMethod}_type`) !== ACCESS_TOKEN_TYPE) throw invalidClient();
  return { authenticationMethod, token };
};

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
