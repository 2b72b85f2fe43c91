import { HOUR_MS, type Role } from '#libs/platform/kernel';

/** One reason why somebody has a role. */
export interface RoleSource {
  role: Role;
  /** Given to them by a person or the system, by a group, or by open emergency access. */
  via: 'assignment' | 'group' | 'emergency';
  /** Who assigned it; null for the system, and for the other ways. */
  assignedBy: { id: string; name: string } | null;
  group: { id: string; name: string } | null;
  since: Date;
  expiresAt: Date | null;
  /** The person cannot approve with it yet, or (emergency access) not at all. */
  isCoolingOff: boolean;
}

/** What {@link ROLE_SOURCES_INCLUDE} loads. */
export interface RoleSourceRow {
  roles: { role: Role; assignedAt: Date; assignedBy: { id: string; name: string } | null }[];
  groups: {
    addedAt: Date;
    group: {
      id: string;
      displayName: string;
      mappings: { role: Role; decidedAt: Date | null }[];
    };
  }[];
  emergencies: { startedAt: Date; expiresAt: Date }[];
}

/** The parts of a person that give roles. */
export const ROLE_SOURCES_INCLUDE = {
  roles: {
    select: { role: true, assignedAt: true, assignedBy: { select: { id: true, name: true } } },
    orderBy: { role: 'asc' },
  },
  groups: {
    select: {
      addedAt: true,
      group: {
        select: {
          id: true,
          displayName: true,
          // Nobody becomes the installation's owner by a group.
          mappings: {
            where: { state: 'active', role: { not: 'owner' } },
            select: { role: true, decidedAt: true },
          },
        },
      },
    },
    orderBy: { group: { displayName: 'asc' } },
  },
  emergencies: { where: { endedAt: null }, select: { startedAt: true, expiresAt: true } },
} as const;

/** What open emergency access gives; nobody approves with it. */
const EMERGENCY_ROLES = ['it', 'security'] as const satisfies readonly Role[];

/** Every reason why this person has a role now; libs/identity answers the same question for requests. */
export const roleSources = (
  { roles, groups, emergencies }: RoleSourceRow,
  { now, coolingOffHours }: { now: Date; coolingOffHours: number },
): RoleSource[] => {
  const none = { assignedBy: null, group: null, expiresAt: null };
  const coolingOffSince = now.getTime() - coolingOffHours * HOUR_MS;
  const assigned = roles.map(({ role, assignedAt: since, assignedBy }): RoleSource => {
    return { ...none, role, via: 'assignment', assignedBy, since, isCoolingOff: false };
  });
  const byGroup = groups.flatMap(({ addedAt, group: { mappings, id, displayName } }) =>
    mappings.map(({ role, decidedAt }): RoleSource => {
      const since = decidedAt !== null && decidedAt > addedAt ? decidedAt : addedAt;
      const isCoolingOff = since.getTime() > coolingOffSince;
      return { ...none, role, via: 'group', group: { id, name: displayName }, since, isCoolingOff };
    }),
  );
  const byEmergency = emergencies
    .filter(({ expiresAt }) => expiresAt > now)
    .flatMap(({ startedAt: since, expiresAt }) =>
      EMERGENCY_ROLES.map((role): RoleSource => {
        return { ...none, role, via: 'emergency', since, expiresAt, isCoolingOff: true };
      }),
    );
  return [...assigned, ...byGroup, ...byEmergency];
};

/** The roles alone, each once. */
export const rolesOf = (sources: readonly RoleSource[]): Role[] => [
  ...new Set(sources.map(({ role }) => role)),
];
