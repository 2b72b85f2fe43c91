import type { Change, CommandContext } from '#libs/engine/commands';
import { deactivatePerson, reactivatePerson } from '#libs/directory/people';
import { keepRolesHeld } from '../keep-roles-held.js';
import type { LoadedUser } from './users.repository.js';

/** What became of a person's rights. */
export interface Settled {
  facts: Change<unknown>['facts'];
  changesRights: boolean;
  /** The client now says something else than it said before, whatever came of it. */
  isNews: boolean;
}

const NOTHING: Settled = { facts: {}, changesRights: false, isNews: false };

/** Takes everything away that lets anybody act as the person (invariant S3). */
export const deactivated = async (ctx: CommandContext, personId: string): Promise<Settled> => {
  const wasActive = await keepRolesHeld(ctx, { personIds: [personId] }, () =>
    deactivatePerson(ctx, personId),
  );
  return { facts: { deactivated: wasActive }, changesRights: true, isNews: true };
};

/**
 * Makes the person what the client says. Only a client that had deactivated somebody reactivates them:
 * one that merely repeats `active: true` does not undo what people decided here.
 */
export const settleActive = async (
  ctx: CommandContext,
  { id, row }: LoadedUser,
  active: boolean | null,
): Promise<Settled> => {
  if (active === false) {
    const isDone = !row.active && row.disabledAt !== null;
    return isDone ? NOTHING : deactivated(ctx, id);
  }
  if (active !== true || row.active) return NOTHING;
  const reactivated = await reactivatePerson(ctx, id);
  return { facts: { reactivated }, changesRights: reactivated, isNews: true };
};
