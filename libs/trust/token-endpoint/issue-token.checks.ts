import type { Tx } from '#libs/platform/db';
import {
  assertAgentAuthorized,
  assertPersonAuthorized,
  assertTokenAuthorized,
  AuthorizationError,
} from '#libs/trust/authorization-liveness';
import { TokenError } from '#libs/trust/token-verification';
import { OAuthError } from './errors.js';
import type { IssueTokenInput } from './issue-token.schemas.js';
import type { OwnTrust } from './trust/signed-rows.js';
import { readTrustFacts, type RowFacts } from './trust/trust-facts.js';

/** An agent as a token is issued to it. */
export interface AskingAgent {
  id: string;
  name: string;
  teamId: string;
  ownerId: string;
}

/**
 * Loads the agent and holds its row, and those of the agents for which it acts: each is suspended either
 * before this, and then nothing is issued, or after it, and then the token is rejected.
 */
export const holdAgents = async (
  tx: Tx,
  { agentId, subject }: IssueTokenInput,
): Promise<AskingAgent | null> => {
  const ids = [agentId, ...(subject?.actors ?? [])];
  await tx.$queryRaw`SELECT 1 FROM agent WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR SHARE`;
  return tx.agent.findUnique({
    where: { id: agentId },
    select: {
      id: true,
      name: true,
      teamId: true,
      ownerId: true,
    },
  });
};

/** Holds the person's row in the same way; null when the agent asks for itself. */
export const holdPerson = async (
  tx: Tx,
  { subject }: IssueTokenInput,
): Promise<{ name: string } | null> => {
  if (subject === null) return null;
  const id = subject.personId;
  await tx.$queryRaw`SELECT 1 FROM person WHERE id = ${id}::uuid FOR SHARE`;
  return tx.person.findUnique({ where: { id }, select: { name: true } });
};

/**
 * Checks everything that was presented against the rows as they are now, by the rules by which the gateways
 * will check the new token against their snapshots.
 * @throws OAuthError unless all of it is still valid
 */
export const assertRequestAuthorized = async (
  tx: Tx,
  input: IssueTokenInput,
  own: OwnTrust,
  now: Date,
): Promise<void> => {
  const { agentId, bindingId, agentToken, subjectToken, subject } = input;
  const asked = {
    tokens: [agentToken, subjectToken].filter((token) => token !== null),
    agentIds: [agentId],
    bindingIds: [bindingId, ...(subject?.issuedTo ?? []).map((to) => to.bindingId)],
    personIds: subject === null ? [] : [subject.personId],
    delegationIds: subject?.delegationId ? [subject.delegationId] : [],
  };
  const facts = await readTrustFacts(tx, own, asked, now);
  assertAgent(input, facts, now);
  assertSubject(input, facts, now);
};

const assertAgent = (input: IssueTokenInput, facts: RowFacts, now: Date): void => {
  try {
    assertAgentAuthorized(proofOfAgent(input), facts, now);
  } catch (error) {
    // RFC 8693 §2.2.2 has an error for an actor token that is not acceptable.
    throw input.agentToken !== null && error instanceof TokenError
      ? ofGrant(input.grant, error.message)
      : rejected(error, (message) => new OAuthError('unauthorized_client', message));
  }
};

const assertSubject = (input: IssueTokenInput, facts: RowFacts, now: Date): void => {
  const { subject, subjectToken, grant } = input;
  try {
    if (subjectToken !== null) assertTokenAuthorized(subjectToken, facts, now);
    if (subject === null) return;
    const { personId, delegationId, issuedTo, actors } = subject;
    const proof = {
      person: { id: personId },
      delegation: delegationId === null ? null : { id: delegationId },
      token: subjectToken,
      issuedTo,
      actors,
    };
    assertPersonAuthorized(proof, proofOfAgent(input), facts, now);
  } catch (error) {
    throw rejected(error, (message) => ofGrant(grant, message));
  }
};

const proofOfAgent = ({ agentId, bindingId, agentToken, assertedAt }: IssueTokenInput) => ({
  agent: { id: agentId },
  binding: { id: bindingId },
  token: agentToken,
  ...(assertedAt === null ? {} : { assertedAt }),
});

const rejected = (error: unknown, as: (message: string) => OAuthError): unknown =>
  error instanceof TokenError || error instanceof AuthorizationError ? as(error.message) : error;

/** RFC 8693 §2.2.2 has one code for a token that is not acceptable, RFC 7523 §3.1 another. */
export const ofGrant = (grant: IssueTokenInput['grant'], message: string): OAuthError =>
  new OAuthError(grant === 'id_jag' ? 'invalid_grant' : 'invalid_request', message);
