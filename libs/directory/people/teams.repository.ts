import { changeOf } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { DomainError, newId } from '#libs/platform/kernel';
import type { z } from 'zod';
import type { orphanRuleSchema } from './teams.schemas.js';

/** A team as commands need it. */
export interface LoadedTeam {
  id: string;
  name: string;
  orphanRule: z.infer<typeof orphanRuleSchema>;
  orphanOwnerId: string | null;
}

/** Loads a team and holds its row. */
export const lockTeam = async (tx: Tx, id: string): Promise<LoadedTeam | null> => {
  await tx.$queryRaw`SELECT 1 FROM team WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.team.findUnique({
    where: { id },
    select: { id: true, name: true, orphanRule: true, orphanOwnerId: true },
  });
};

/** Rejects the name of another team. */
export const assertTeamNameIsFree = async (tx: Tx, name: string, id: string): Promise<void> => {
  if ((await tx.team.count({ where: { name, id: { not: id } } })) === 0) return;
  throw new DomainError('conflict', `There is a team ${name} already. Choose another name.`, {
    problems: [{ path: 'name', message: 'is taken' }],
  });
};

/** Rejects to hand orphans to nobody, or to somebody who is gone. */
export const assertOrphanRule = async (
  tx: Tx,
  { orphanRule, orphanOwnerId }: Pick<LoadedTeam, 'orphanRule' | 'orphanOwnerId'>,
): Promise<void> => {
  if (orphanOwnerId === null) {
    if (orphanRule !== 'reassign') return;
    throw badOwner('say who takes the agents over');
  }
  const where = { id: orphanOwnerId, disabledAt: null };
  if ((await tx.person.count({ where })) === 0) throw badOwner('there is no such active person');
};

const badOwner = (message: string): DomainError =>
  new DomainError(
    'invalid_input',
    'Under the rule "reassign" an active person takes agents over.',
    {
      problems: [{ path: 'orphanOwnerId', message }],
    },
  );

/** The team of this name; it is made where there is none, with the strictest rule for orphans. */
export const ensureTeam = async (tx: Tx, name: string): Promise<string> => {
  // Two requests at once make one: the second waits for the first.
  await tx.team.createMany({
    data: [{ id: newId(), name, orphanRule: 'suspend' }],
    skipDuplicates: true,
  });
  const team = await tx.team.findUniqueOrThrow({ where: { name }, select: { id: true } });
  return team.id;
};

/** A change of one team: its row is held while it is made. */
export const changeOfTeam = changeOf('Team', ({ tx }, id) => lockTeam(tx, id));
