import type { Tx } from '#libs/platform/db';
import { OAuthError } from './endpoint/oauth-error.js';
import type { IssueTokenInput } from './issue-token.schemas.js';

/** An agent as a token is issued to it. */
export interface AskingAgent {
  id: string;
  name: string;
  teamId: string;
  ownerId: string;
  state: string;
  expiresAt: Date | null;
  tokensRevokedBefore: Date | null;
}

/**
 * Loads the agent and holds its row: it is suspended either before this, and then nothing is issued, or
 * after it, and then the token counts for nothing.
 */
export const holdAgent = async (tx: Tx, id: string): Promise<AskingAgent | null> => {
  await tx.$queryRaw`SELECT 1 FROM agent WHERE id = ${id}::uuid FOR SHARE`;
  return tx.agent.findUnique({
    where: { id },
    select: {
      id: true,
      name: true,
      teamId: true,
      ownerId: true,
      state: true,
      expiresAt: true,
      tokensRevokedBefore: true,
    },
  });
};

/** @throws OAuthError unless the agent may have tokens, and the proof of who it is still counts. */
export const assertAgentMay = async (
  tx: Tx,
  agent: AskingAgent,
  input: IssueTokenInput,
  now: Date,
): Promise<void> => {
  if (!isActive(agent, now))
    throw unauthorized('The agent is not active. Ask its owner or IT to activate it.');
  if (!isAfter(input.agentProvenAt, agent.tokensRevokedBefore))
    throw unauthorized('The agent’s tokens of before were revoked. Get a new one from its issuer.');
  const bindings = await tx.binding.count({
    where: {
      id: input.bindingId,
      agentId: agent.id,
      OR: [{ kind: 'key' }, { issuer: { retiredAt: null } }],
    },
  });
  if (bindings === 0) throw unauthorized('The binding that names the agent is not there any more.');
};

/** @throws OAuthError unless everything else that was shown still counts. */
export const assertPresentedCounts = async (
  tx: Tx,
  { issuerIds, tokens, grant, derivedFrom }: IssueTokenInput,
): Promise<void> => {
  const wanted = [...new Set([...issuerIds, ...derivedFrom.issuerIds])];
  const trusted = await tx.issuer.count({ where: { id: { in: wanted }, retiredAt: null } });
  if (trusted < wanted.length) throw ofGrant(grant, 'An issuer is not trusted any more.');
  const { bindingIds } = derivedFrom;
  if ((await tx.binding.count({ where: { id: { in: bindingIds } } })) < bindingIds.length)
    throw ofGrant(grant, 'A binding that a token shown was got by is not there any more.');
  if (tokens.length === 0) return;
  const revoked = await tx.revokedToken.count({ where: { OR: tokens } });
  if (revoked > 0) throw ofGrant(grant, 'A token that was shown has been revoked.');
};

/** The person on whose behalf, and their name. @throws OAuthError unless it still counts. */
export const holdPerson = async (
  tx: Tx,
  { grant, subject }: IssueTokenInput,
  now: Date,
): Promise<{ name: string } | null> => {
  if (subject === null) return null;
  const { personId, provenAt, delegationId } = subject;
  await tx.$queryRaw`SELECT 1 FROM person WHERE id = ${personId}::uuid FOR SHARE`;
  const person = await tx.person.findUnique({ where: { id: personId, disabledAt: null } });
  if (person === null) throw ofGrant(grant, 'The person is not active here.');
  // A standing delegation was not signed at some moment: it is withdrawn instead.
  if (subject.proof !== 'delegation' && !isAfter(provenAt, person.tokensRevokedBefore))
    throw ofGrant(grant, 'The person’s tokens of before were revoked. Get a new one.');
  if (delegationId !== null) await assertDelegated(tx, delegationId, subject, now);
  await assertActorsCount(tx, subject, now);
  return person;
};

const assertDelegated = async (
  tx: Tx,
  id: string,
  { personId, actors }: NonNullable<IssueTokenInput['subject']>,
  now: Date,
): Promise<void> => {
  const inForce = await tx.delegation.count({
    where: { id, personId, agentId: actors[0] ?? '', withdrawnAt: null, expiresAt: { gt: now } },
  });
  if (inForce === 0)
    throw ofGrant('token_exchange', 'The delegation is over: the person has to grant it again.');
};

// Whoever was stopped does not act through another one either.
const assertActorsCount = async (
  tx: Tx,
  { actors, actedBefore, provenAt }: NonNullable<IssueTokenInput['subject']>,
  now: Date,
): Promise<void> => {
  const agents = await tx.agent.findMany({ where: { id: { in: [...actors] } } });
  const active = agents.filter((agent) => isActive(agent, now));
  if (active.length < new Set(actors).size)
    throw ofGrant('token_exchange', 'An agent that the token was issued through is not active.');
  // Theirs is the token that is shown; whoever asks now has proven itself otherwise.
  const before = agents.filter(({ id }) => actedBefore.includes(id));
  if (!before.every(({ tokensRevokedBefore }) => isAfter(provenAt, tokensRevokedBefore)))
    throw ofGrant('token_exchange', 'An agent’s tokens of before were revoked. Get a new one.');
};

const isActive = (
  { state, expiresAt }: Pick<AskingAgent, 'state' | 'expiresAt'>,
  now: Date,
): boolean => state === 'active' && (expiresAt === null || expiresAt > now);

// A token that does not say when it was signed may be older than any cut.
const isAfter = (provenAt: string | null, revokedBefore: Date | null): boolean =>
  revokedBefore === null || (provenAt !== null && new Date(provenAt) >= revokedBefore);

const unauthorized = (message: string): OAuthError =>
  new OAuthError('unauthorized_client', message);

/** RFC 8693 §2.2.2 has one code for a token that is not acceptable, RFC 7523 §3.1 another. */
export const ofGrant = (grant: IssueTokenInput['grant'], message: string): OAuthError =>
  new OAuthError(grant === 'id_jag' ? 'invalid_grant' : 'invalid_request', message);
