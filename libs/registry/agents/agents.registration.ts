import type { Tx } from '#libs/platform/db';
import { DomainError, newId, type Problem } from '#libs/platform/kernel';
import type { z } from 'zod';
import type { ChangeContext } from './agents.changes.js';
import type { registerAgentSchema } from './agents.schemas.js';

/** What an agent is registered with. */
export type NewAgent = z.infer<typeof registerAgentSchema>;

/**
 * Registers an agent as a draft inside another command's transaction.
 * @throws DomainError `invalid_input` for an owner or a team that will not do, `conflict` for a name that
 * is or was taken
 */
export const registerAgentIn = async (
  { tx, now, signsNew }: ChangeContext,
  input: NewAgent,
  id = newId(),
): Promise<{ id: string }> => {
  await assertOwnerAndTeam(tx, input);
  assertInTheFuture(now, input.expiresAt);
  await assertNameIsFree(tx, input.name);
  signsNew('agent', [id]);
  await tx.agent.create({
    data: { ...input, id, state: 'draft', createdAt: now, updatedAt: now },
    select: { id: true },
  });
  return { id };
};

/** What the entry of a registration holds in the clear. */
export const registrationFacts = (input: NewAgent) => ({
  ownerId: input.ownerId,
  teamId: input.teamId,
  riskTier: input.riskTier,
  tags: input.tags,
  expiresAt: input.expiresAt,
  inactiveAfterDays: input.inactiveAfterDays,
  state: 'draft',
});

/** Rejects an owner who is not active, and a team that does not exist. */
export const assertOwnerAndTeam = async (
  tx: Tx,
  { ownerId, teamId }: Pick<NewAgent, 'ownerId' | 'teamId'>,
): Promise<void> => {
  // The owner's row is locked: a command that disables them at the same time comes before or after, and then sees
  // this agent.
  const owners = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM person WHERE id = ${ownerId}::uuid AND disabled_at IS NULL FOR SHARE`;
  const teams = await tx.team.count({ where: { id: teamId } });
  const problems: Problem[] = [];
  if (owners.length === 0)
    problems.push({ path: 'ownerId', message: 'there is no such active person' });
  if (teams === 0) problems.push({ path: 'teamId', message: 'there is no such team' });
  if (problems.length === 0) return;
  const message = 'An agent needs an owner who is an active person, and a team that exists.';
  throw new DomainError('invalid_input', message, { problems });
};

/** Rejects an end that has passed; null is none. */
export const assertInTheFuture = (now: Date, expiresAt: string | null | undefined): void => {
  if (expiresAt === null || expiresAt === undefined || Date.parse(expiresAt) > now.getTime())
    return;
  const message = 'The agent would be expired at once. Choose a later time, or none.';
  throw new DomainError('invalid_input', message, {
    problems: [{ path: 'expiresAt', message: 'has passed' }],
  });
};

const assertNameIsFree = async (tx: Tx, name: string): Promise<void> => {
  if ((await tx.agent.count({ where: { name } })) === 0) return;
  const message = `An agent is or was named ${name}, and names are never reused. Choose another.`;
  throw new DomainError('conflict', message, {
    problems: [{ path: 'name', message: 'is taken' }],
  });
};
