import type { PersonInclude } from '#libs/platform/db';
import type { z } from 'zod';
import type { personDetailSchema, personSchema } from './people.schemas.js';
import { rolesOf, roleSources, ROLE_SOURCES_INCLUDE, type RoleSourceRow } from './role-sources.js';

type Person = z.infer<typeof personSchema>;
type PersonDetail = z.infer<typeof personDetailSchema>;

/** When it is, and for how long a new member cannot approve. */
export interface Moment {
  now: Date;
  coolingOffHours: number;
}

/** What a screen about people joins. */
export const PERSON_INCLUDE = {
  ...ROLE_SOURCES_INCLUDE,
  teams: { include: { team: { select: { id: true, name: true } } } },
  scimUser: { select: { connection: { select: { id: true, name: true } } } },
} as const satisfies PersonInclude;

/** The same with how they sign in. */
export const PERSON_DETAIL_INCLUDE = {
  ...PERSON_INCLUDE,
  identities: { orderBy: { linkedAt: 'asc' } },
} as const satisfies PersonInclude;

/** A person's row with {@link PERSON_INCLUDE}, as the database gives it. */
export interface PersonRow extends RoleSourceRow, Pick<Person, 'id' | 'name' | 'email'> {
  disabledAt: Date | null;
  tokensRevokedBefore: Date | null;
  createdAt: Date;
  teams: { team: Person['teams'][number] }[];
  scimUser: { connection: { id: string; name: string } } | null;
}

/** The row with {@link PERSON_DETAIL_INCLUDE}. */
export interface PersonDetailRow extends PersonRow {
  identities: (Omit<PersonDetail['identities'][number], 'linkedAt'> & { linkedAt: Date })[];
}

/** The row as lists show it. */
export const toPersonView = (row: PersonRow, moment: Moment): Person => ({
  id: row.id,
  name: row.name,
  email: row.email,
  roles: rolesOf(roleSources(row, moment)),
  teams: row.teams.map(({ team }) => team),
  isActive: row.disabledAt === null,
  managedBy: row.scimUser?.connection ?? null,
  createdAt: row.createdAt.toISOString(),
});

/** The row as its own page shows it, with what other tables have. */
export const toPersonDetailView = (
  row: PersonDetailRow,
  moment: Moment,
  more: Pick<PersonDetail, 'agents' | 'activeDelegations'> & { lastSignInAt: Date | null },
): PersonDetail => ({
  ...toPersonView(row, moment),
  ...more,
  disabledAt: row.disabledAt?.toISOString() ?? null,
  tokensRevokedBefore: row.tokensRevokedBefore?.toISOString() ?? null,
  lastSignInAt: more.lastSignInAt?.toISOString() ?? null,
  roleSources: roleSources(row, moment).map((source) => ({
    ...source,
    since: source.since.toISOString(),
    expiresAt: source.expiresAt?.toISOString() ?? null,
  })),
  groups: row.groups.map(({ group }) => ({ id: group.id, name: group.displayName })),
  identities: row.identities.map((identity) => ({
    ...identity,
    linkedAt: identity.linkedAt.toISOString(),
  })),
});
