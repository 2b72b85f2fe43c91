import type { Tx } from '#libs/platform/db';
import { z } from 'zod';
import type { GatewayDelegation, GatewayPerson, PeopleSection } from './gateway-snapshot.js';
import { ByTwoKeys } from './two-keys.js';

const texts = z.array(z.string());

// By column: 10,000 people and all their memberships come as one cell, and are read at once.
const columnsSchema = z.object({
  people: z.object({
    ids: texts,
    active: z.array(z.boolean()),
    revokedBefore: z.array(z.number().nullable()),
  }),
  identities: z.object({ issuers: texts, subjects: texts, people: texts }),
  /** By group, the ids of its members, joined: far the most of it. */
  groups: z.object({ ids: texts, members: texts }),
});

type Columns = z.infer<typeof columnsSchema>;

/** Reads who people are, which groups they are in, and what they delegated. */
export const loadPeople = async (tx: Tx): Promise<PeopleSection> => {
  const columns = await readColumns(tx);
  const delegations = await tx.delegation.findMany({
    where: { withdrawnAt: null, expiresAt: { gt: new Date() } },
    select: { id: true, personId: true, agentId: true, serverId: true, expiresAt: true },
  });
  const people = new Map(peopleOf(columns).map((person) => [person.id, person]));
  const byIdentity = identitiesOf(columns, people);
  return {
    people,
    personOf: (issuer, subject) => byIdentity.get(issuer, subject),
    delegations: new Map(delegations.map((one): [string, GatewayDelegation] => [one.id, one])),
  };
};

// The columns of one selection are in one order, whatever it is.
const readColumns = async (tx: Tx): Promise<Columns> => {
  const [row] = await tx.$queryRaw<{ columns: string }[]>`
    SELECT json_build_object(
      'people', (SELECT json_build_object(
          'ids', coalesce(json_agg(id), '[]'),
          'active', coalesce(json_agg(disabled_at IS NULL), '[]'),
          'revokedBefore', coalesce(json_agg(extract(epoch FROM tokens_revoked_before) * 1000), '[]')) FROM person),
      'identities', (SELECT json_build_object(
          'issuers', coalesce(json_agg(issuer), '[]'),
          'subjects', coalesce(json_agg(subject), '[]'),
          'people', coalesce(json_agg(person_id), '[]')) FROM person_identity),
      'groups', (SELECT json_build_object(
          'ids', coalesce(json_agg(m.group_id), '[]'),
          'members', coalesce(json_agg(m.people), '[]'))
        FROM (SELECT group_id, string_agg(person_id::text, ',') AS people
              FROM group_member GROUP BY group_id) m)
    )::text AS columns`;
  if (row === undefined) throw new Error('the database answered no row for its people');
  return columnsSchema.parse(JSON.parse(row.columns));
};

const peopleOf = ({ people, groups }: Columns): GatewayPerson[] => {
  const groupsOf = new Map<string, string[]>(people.ids.map((id) => [id, []]));
  for (const [place, group] of groups.ids.entries())
    for (const person of at(groups.members, place).split(',')) groupsOf.get(person)?.push(group);
  return people.ids.map((id, place) => {
    const revokedBefore = people.revokedBefore[place] ?? null;
    return {
      id,
      isActive: at(people.active, place),
      groupIds: groupsOf.get(id) ?? [],
      tokensRevokedBefore: revokedBefore === null ? null : new Date(revokedBefore),
    };
  });
};

const identitiesOf = (
  { identities }: Columns,
  people: ReadonlyMap<string, GatewayPerson>,
): ByTwoKeys<GatewayPerson> => {
  const byIdentity = new ByTwoKeys<GatewayPerson>();
  for (const [place, issuer] of identities.issuers.entries()) {
    const person = people.get(at(identities.people, place));
    if (person !== undefined) byIdentity.set(issuer, at(identities.subjects, place), person);
  }
  return byIdentity;
};

const at = <T>(column: readonly T[], place: number): T => {
  const value = column[place];
  if (value === undefined) throw new Error('the columns of people do not fit together');
  return value;
};
