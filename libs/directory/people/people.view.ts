import type { PersonInclude } from '#libs/platform/db';
import type { z } from 'zod';
import type { personDetailSchema, personSchema } from './people.schemas.js';
import { rolesOf, type RoleSource } from './role-sources.js';

type Person = z.infer<typeof personSchema>;
type PersonDetail = z.infer<typeof personDetailSchema>;

/** What a screen about people joins. */
export const PERSON_INCLUDE = {
  teams: { include: { team: { select: { id: true, name: true } } } },
  scimUser: { select: { active: true, connection: { select: { id: true, name: true } } } },
} as const satisfies PersonInclude;

/** The same with how they sign in. */
export const PERSON_DETAIL_INCLUDE = {
  ...PERSON_INCLUDE,
  identities: { orderBy: { linkedAt: 'asc' } },
  groups: {
    select: { group: { select: { id: true, displayName: true } } },
    orderBy: { group: { displayName: 'asc' } },
  },
} as const satisfies PersonInclude;

/** A person's row with {@link PERSON_INCLUDE}, as the database gives it. */
export interface PersonRow extends Pick<Person, 'id' | 'name' | 'email'> {
  disabledAt: Date | null;
  disabledByPeople: boolean;
  stoppedBySecurity: boolean;
  tokensRevokedBefore: Date | null;
  createdAt: Date;
  teams: { team: Person['teams'][number] }[];
  scimUser: { active: boolean; connection: { id: string; name: string } } | null;
}

/** The row with {@link PERSON_DETAIL_INCLUDE}. */
export interface PersonDetailRow extends PersonRow {
  groups: { group: { id: string; displayName: string } }[];
  identities: (Omit<PersonDetail['identities'][number], 'linkedAt' | 'confirmedAt'> & {
    linkedAt: Date;
    confirmedAt: Date | null;
  })[];
}

/** The row as lists show it. */
export const toPersonView = (row: PersonRow, sources: readonly RoleSource[]): Person => ({
  id: row.id,
  name: row.name,
  email: row.email,
  roles: rolesOf(sources),
  teams: row.teams.map(({ team }) => team),
  isActive: row.disabledAt === null,
  managedBy: row.scimUser?.connection ?? null,
  createdAt: row.createdAt.toISOString(),
});

/** The row as its own page shows it, with what other tables have. */
export const toPersonDetailView = (
  row: PersonDetailRow,
  sources: readonly RoleSource[],
  more: Pick<PersonDetail, 'agents' | 'activeDelegations' | 'unconfirmedRoles'> & {
    lastSignInAt: Date | null;
  },
): PersonDetail => ({
  ...toPersonView(row, sources),
  ...more,
  disabledAt: row.disabledAt?.toISOString() ?? null,
  disabledByPeople: row.disabledByPeople,
  stoppedBySecurity: row.stoppedBySecurity,
  isActiveAtClient: row.scimUser?.active ?? null,
  tokensRevokedBefore: row.tokensRevokedBefore?.toISOString() ?? null,
  lastSignInAt: more.lastSignInAt?.toISOString() ?? null,
  roleSources: sources.map((source) => ({
    ...source,
    since: source.since.toISOString(),
    expiresAt: source.expiresAt?.toISOString() ?? null,
  })),
  groups: row.groups.map(({ group }) => ({ id: group.id, name: group.displayName })),
  identities: row.identities.map((identity) => ({
    ...identity,
    linkedAt: identity.linkedAt.toISOString(),
    confirmedAt: identity.confirmedAt?.toISOString() ?? null,
  })),
});
