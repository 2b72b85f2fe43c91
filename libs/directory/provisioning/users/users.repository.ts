import type { CommandContext } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { insertPerson, updateShown } from '#libs/directory/people';
import { unlinkClaimedIdentities } from '#libs/trust/sign-in';
import { notUnique } from '../errors.js';
import type { UserColumns } from './user.columns.js';
import { readUserForUpdate } from './read-users.sql.js';
import type { UserRow } from './user.view.js';

/** A User that a command acts on. */
export type LoadedUser = { id: string; row: UserRow };

/**
 * Loads and locks a User of this connection; another connection's is not there. The person first, as commands
 * of the console do, or the two would wait for each other.
 */
export const lockUser = async (
  tx: Tx,
  connectionId: string,
  personId: string,
): Promise<LoadedUser | null> => {
  await tx.$queryRaw`SELECT 1 FROM person WHERE id = (SELECT person_id FROM scim_user
    WHERE person_id = ${personId}::uuid AND connection_id = ${connectionId}::uuid) FOR NO KEY UPDATE`;
  const row = await readUserForUpdate(tx, connectionId, personId);
  return row === null ? null : { id: personId, row };
};

/** Rejects a name that another User has already, of whichever connection, without saying whose it is. */
export const assertUserNameIsFree = async (
  tx: Tx,
  { userNameFolded }: UserColumns,
  ownId: string,
): Promise<void> => {
  const taken = await tx.scimUser.count({
    where: { userNameFolded, personId: { not: ownId } },
  });
  if (taken > 0) throw notUnique('userName');
};

/** Makes a person of a User: without a role, without a team. */
export const insertUser = async (
  { tx, now }: CommandContext,
  connectionId: string,
  personId: string,
  { person, active, attributes, ...columns }: UserColumns,
): Promise<void> => {
  await insertPerson(tx, {
    ...person,
    id: personId,
    createdAt: now,
    disabledAt: active === false ? now : null,
  });
  await tx.scimUser.create({
    data: {
      ...columns,
      attributes,
      active: active ?? true,
      personId,
      connectionId,
      createdAt: now,
      updatedAt: now,
    },
    select: { personId: true },
  });
};

/** Writes what a client says of a person now, as the next version. */
export const updateUser = async (
  { tx, now }: CommandContext,
  { id, row }: LoadedUser,
  { person, active, attributes, ...columns }: UserColumns,
): Promise<void> => {
  await updateShown(tx, id, person);
  await tx.scimUser.update({
    where: { personId: id },
    data: {
      ...columns,
      attributes,
      active: active ?? row.active,
      activeStated: active !== null,
      version: { increment: 1 },
      updatedAt: now,
    },
    select: { personId: true },
  });
};

/**
 * Takes the User away; the person stays, for the ledger and for what they did. Whom people here keep out
 * keeps what they signed in as, too: provisioned again they would come as somebody new.
 */
export const deleteUser = async (tx: Tx, { id: personId, row }: LoadedUser): Promise<void> => {
  await tx.groupMember.deleteMany({ where: { personId } });
  if (!row.disabledByPeople) await unlinkClaimedIdentities(tx, personId);
  await tx.scimUser.delete({ where: { personId }, select: { personId: true } });
};
