import { changeOf } from '#libs/engine/commands';
import type { PersonUncheckedCreateInput, Tx } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';

/** A person as commands need them. */
export interface LoadedPerson {
  id: string;
  name: string;
  email: string;
  disabledAt: Date | null;
  /** People here keep them out, whatever their provisioning client says; security did. */
  disabledByPeople: boolean;
  stoppedBySecurity: boolean;
  /** Whether their provisioning client says that they are active; true where there is none. */
  isActiveAtClient: boolean;
  /** The SCIM connection that says who they are; null when people here do. */
  managedBy: string | null;
}

/** Adds a person inside the caller's transaction: without a role, without a team. */
export const insertPerson = async (
  tx: Tx,
  person: Omit<PersonUncheckedCreateInput, 'roles' | 'teams' | 'groups'>,
): Promise<void> => {
  await tx.person.create({ data: person, select: { id: true } });
};

/** Changes how a person is shown. */
export const updateShown = async (
  tx: Tx,
  id: string,
  shown: { name?: string; email?: string },
): Promise<void> => {
  await tx.person.update({ where: { id }, data: shown, select: { id: true } });
};

/** Loads a person and holds their row, so that two changes of one person follow each other. */
export const lockPerson = async (tx: Tx, id: string): Promise<LoadedPerson | null> => {
  await tx.$queryRaw`SELECT 1 FROM person WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.person.findUnique({
    where: { id },
    select: {
      id: true,
      name: true,
      email: true,
      disabledAt: true,
      disabledByPeople: true,
      stoppedBySecurity: true,
      scimUser: { select: { active: true, connection: { select: { name: true } } } },
    },
  });
  if (row === null) return null;
  const { scimUser, ...person } = row;
  return {
    ...person,
    isActiveAtClient: scimUser?.active ?? true,
    managedBy: scimUser?.connection.name ?? null,
  };
};

/** Rejects to change here what a provisioning client would change back. */
export const assertManagedHere = ({ managedBy }: LoadedPerson, instead: string): void => {
  if (managedBy === null) return;
  throw new DomainError(
    'conflict',
    `This person comes from ${managedBy} by SCIM: change them there. ${instead}`.trim(),
  );
};

/** Rejects teams that do not exist. */
export const assertTeams = async (tx: Tx, teamIds: readonly string[]): Promise<void> => {
  const found = await tx.team.count({ where: { id: { in: [...teamIds] } } });
  if (found === new Set(teamIds).size) return;
  throw new DomainError(
    'invalid_input',
    'This team does not exist: choose from the list of teams.',
    {
      problems: [{ path: 'teamIds', message: 'one of them does not exist' }],
    },
  );
};

/** A change of one person: their row is held while it is made. */
export const changeOfPerson = changeOf('Person', ({ tx }, id) => lockPerson(tx, id));
