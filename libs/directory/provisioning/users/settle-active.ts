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
export const deactivated = async (
  ctx: CommandContext,
  { id: personId }: LoadedUser,
): Promise<Settled> => {
  const words = (name: string, roles: string) =>
    `${ctx.actor.name} disabled ${name}, who has the role ${roles}.`;
  const wasActive = await keepRolesHeld(ctx, { personIds: [personId] }, words, () =>
    deactivatePerson(ctx, personId),
  );
  return { facts: { deactivated: wasActive }, changesRights: true, isNews: true };
};

/**
 * Makes the person what the client says, unless people here keep them out: then what it says is only kept,
 * for the day on which they are enabled again.
 */
export const settleActive = async (
  ctx: CommandContext,
  user: LoadedUser,
  active: boolean | null,
): Promise<Settled> => {
  const { id, row } = user;
  if (active === false) {
    const isDone = !row.active && row.disabledAt !== null;
    return isDone ? NOTHING : deactivated(ctx, user);
  }
  if (active !== true || row.active) return NOTHING;
  const reactivated = !row.disabledByPeople && (await reactivatePerson(ctx, id));
  return { facts: { reactivated }, changesRights: reactivated, isNews: true };
};
