import type { Role } from '#libs/platform/kernel';

/** One reason why somebody has a role. */
export interface RoleSource {
  role: Role;
  /** Given to them by a person or the installation, by a group, or by open emergency access. */
  via: 'assignment' | 'group' | 'emergency';
  /** Who assigned it; null for the installation, and for the other ways. */
  assignedBy: { id: string; name: string } | null;
  group: { id: string; name: string } | null;
  since: Date;
  until: Date | null;
  /** Whether it counts for approvals. */
  isSettled: boolean;
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
  emergencies: { startedAt: Date; endsAt: Date }[];
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
  emergencies: { where: { endedAt: null }, select: { startedAt: true, endsAt: true } },
} as const;

const HOUR_MS = 3_600_000;

/** What open emergency access gives, and it does not count for approvals. */
const EMERGENCY_ROLES = ['it', 'security'] as const satisfies readonly Role[];

/** Every reason why this person has a role now; libs/identity answers the same question for requests. */
export const roleSources = (
  { roles, groups, emergencies }: RoleSourceRow,
  { now, newMemberDelayHours }: { now: Date; newMemberDelayHours: number },
): RoleSource[] => {
  const none = { assignedBy: null, group: null, until: null };
  const settledBefore = now.getTime() - newMemberDelayHours * HOUR_MS;
  const assigned = roles.map(({ role, assignedAt: since, assignedBy }): RoleSource => {
    return { ...none, role, via: 'assignment', assignedBy, since, isSettled: true };
  });
  const byGroup = groups.flatMap(({ addedAt, group: { mappings, id, displayName } }) =>
    mappings.map(({ role, decidedAt }): RoleSource => {
      const since = decidedAt !== null && decidedAt > addedAt ? decidedAt : addedAt;
      const isSettled = since.getTime() <= settledBefore;
      return { ...none, role, via: 'group', group: { id, name: displayName }, since, isSettled };
    }),
  );
  const byEmergency = emergencies
    .filter(({ endsAt }) => endsAt > now)
    .flatMap(({ startedAt: since, endsAt: until }) =>
      EMERGENCY_ROLES.map((role): RoleSource => {
        return { ...none, role, via: 'emergency', since, until, isSettled: false };
      }),
    );
  return [...assigned, ...byGroup, ...byEmergency];
};

/** The roles alone, each once. */
export const rolesOf = (sources: readonly RoleSource[]): Role[] => [
  ...new Set(sources.map(({ role }) => role)),
];
