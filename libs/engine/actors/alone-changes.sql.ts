import { Prisma } from '#libs/platform/db';

/**
 * Which of these people show who they are by something that one person changes alone (ADR 25), and since when: `waits`
 * while the change is open, `done_at` when its author carried it out. Its author is not among them.
 */
export const reachedByAloneChanges = (
  ids: Prisma.Sql,
  { now, since }: { now: Date; since: Date },
): Prisma.Sql => Prisma.sql`
  SELECT person.id AS person_id, bool_or(change.state = 'open') AS waits,
      max(change.decided_at) FILTER (WHERE change.state = 'done') AS done_at
    FROM proposed_change change JOIN person ON person.id <> change.proposed_by_id
    WHERE person.id = ${ids} AND change.alone_from IS NOT NULL
      AND (change.state = 'open' AND change.expires_at > ${now}::timestamptz
        OR change.state = 'done' AND change.decided_by_id = change.proposed_by_id
          AND change.decided_at > ${since}::timestamptz)
      AND (change.subject_kind = 'person' AND change.subject_id = person.id::text
        OR change.subject_kind = 'issuer' AND EXISTS (
          SELECT 1 FROM person_identity known JOIN issuer ON issuer.url = known.issuer
            WHERE known.person_id = person.id AND issuer.id::text = change.subject_id)
        OR EXISTS (
          SELECT 1 FROM scim_user known JOIN scim_connection client ON client.id = known.connection_id
            WHERE known.person_id = person.id AND change.subject_id IN (
              SELECT client.id::text UNION SELECT client.issuer_id::text
              UNION SELECT token.id::text FROM scim_token token WHERE token.connection_id = client.id)))
    GROUP BY person.id`;
