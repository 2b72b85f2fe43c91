import { readRoleSources, type RoleSource as Source, type RoleTimes } from '#libs/engine/actors';
import type { Database } from '#libs/platform/db';
import { ROLES, type Role } from '#libs/platform/kernel';

interface Named {
  id: string;
  name: string;
}

/** One reason why somebody has a role, with the names of what gives it. */
export interface RoleSource extends Pick<
  Source,
  'role' | 'via' | 'since' | 'expiresAt' | 'isCoolingOff'
> {
  /** Who assigned it; null for the system, and for the other ways. */
  assignedBy: Named | null;
  group: Named | null;
}

/** Every reason why each of these people has a role now: by assignment, then by group, then in an emergency. */
export const roleSourcesOf = async (
  db: Database,
  personIds: readonly string[],
  times: RoleTimes,
): Promise<ReadonlyMap<string, RoleSource[]>> => {
  const sources = await readRoleSources(db, personIds, times);
  const [people, groups] = await Promise.all([
    db.person.findMany({
      where: { id: { in: sources.flatMap(({ assignedById }) => assignedById ?? []) } },
      select: { id: true, name: true },
    }),
    db.group.findMany({
      where: { id: { in: sources.flatMap(({ groupId }) => groupId ?? []) } },
      select: { id: true, displayName: true },
    }),
  ]);
  const names = new Map([
    ...people.map(({ id, name }) => [id, name] as const),
    ...groups.map(({ id, displayName }) => [id, displayName] as const),
  ]);
  const named = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? id });
  const byPerson = new Map<string, RoleSource[]>(personIds.map((id) => [id, []]));
  for (const {
    personId,
    assignedById,
    groupId,
    emergencyId: _emergencyId,
    coolsOffUntil: _coolsOffUntil,
    isSuspended,
    ...source
  } of sources)
    byPerson.get(personId)?.push({
      ...source,
      isCoolingOff: source.isCoolingOff || isSuspended,
      assignedBy: named(assignedById),
      group: named(groupId),
    });
  for (const one of byPerson.values()) one.sort(inOrder);
  return byPerson;
};

const WAYS = ['assignment', 'group', 'emergency'] as const;

const inOrder = (a: RoleSource, b: RoleSource): number =>
  WAYS.indexOf(a.via) - WAYS.indexOf(b.via) ||
  (a.group?.name ?? '').localeCompare(b.group?.name ?? '') ||
  ROLES.indexOf(a.role) - ROLES.indexOf(b.role);

/** The roles alone, each once. */
export const rolesOf = (sources: readonly RoleSource[]): Role[] => [
  ...new Set(sources.map(({ role }) => role)),
];
