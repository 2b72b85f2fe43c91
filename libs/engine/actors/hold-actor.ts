import type { Tx } from '#libs/platform/db';
import { DomainError, type Actor } from '#libs/platform/kernel';
import { z } from 'zod';
import { holdEffectiveRoles, type OpenEmergency } from './effective-roles.js';
import type { RoleTimes } from './role-sources.js';

/** The actor as the database has them in this transaction, which holds what lets them act. */
export interface HeldActor {
  actor: Actor;
  /** How a person is reached; null for others. */
  email: string | null;
  /** The emergency access that they have open; null for others. */
  emergency: OpenEmergency | null;
}

/**
 * Reads who acts anew inside the transaction that will use their rights, and holds all that gives them: the
 * person, the session, every row that gives a role, a client's token. What ends access changes one of those rows, so
 * it commits before this reads, or after this transaction has (invariant I12).
 * @throws DomainError `unauthenticated` when the actor may not act any more.
 */
export const holdActor = async (tx: Tx, actor: Actor, times: RoleTimes): Promise<HeldActor> => {
  if (actor.kind === 'person') return holdPerson(tx, actor, times);
  if (actor.kind === 'scim') await holdToken(tx, actor, times.now);
  return { actor, email: null, emergency: null };
};

const personSchema = z.object({ name: z.string(), email: z.string() });
const teamSchema = z.object({ teamId: z.uuid() });

type Person = Extract<Actor, { kind: 'person' }>;

const holdPerson = async (tx: Tx, actor: Person, times: RoleTimes): Promise<HeldActor> => {
  const { id, sessionId } = actor;
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT name, email FROM person WHERE id = ${id}::uuid AND disabled_at IS NULL
      -- Whom an emergency added or enabled is gone with it, before the worker says so.
      AND NOT EXISTS (
        SELECT 1 FROM emergency_change change JOIN emergency_access ON emergency_access.id = emergency_id
          WHERE subject_kind = 'person' AND subject_id = ${id} AND kept_at IS NULL AND undone_at IS NULL
            AND least(ended_at, expires_at) <= ${times.now})
    FOR SHARE OF person`;
  const [person] = z.array(personSchema).parse(rows);
  if (person === undefined)
    throw new DomainError('unauthenticated', 'This account is not active any more. Sign in again.');
  if (sessionId !== undefined) await holdSession(tx, id, sessionId);
  const { emergency, ...roles } = await holdEffectiveRoles(tx, id, times);
  // Their teams change with the person's row, which is held.
  const teams = await tx.$queryRaw<unknown[]>`
    SELECT team_id AS "teamId" FROM person_team WHERE person_id = ${id}::uuid`;
  const teamIds = z
    .array(teamSchema)
    .parse(teams)
    .map(({ teamId }) => teamId);
  const held = { ...actor, name: person.name, ...roles, teamIds };
  return { actor: held, email: person.email, emergency };
};

// By its key alone: a session's expiry moves with every request, and nobody need wait for that.
const holdSession = async (tx: Tx, personId: string, sessionId: string): Promise<void> => {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM console_session
    WHERE sid = ${sessionId} AND sess->>'personId' = ${personId} FOR KEY SHARE`;
  if (rows.length > 0) return;
  throw new DomainError('unauthenticated', 'Your session has ended. Sign in again.');
};

type ScimClient = Extract<Actor, { kind: 'scim' }>;

const holdToken = async (tx: Tx, { id, tokenId }: ScimClient, now: Date): Promise<void> => {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM scim_token WHERE id = ${tokenId}::uuid AND connection_id = ${id}::uuid
      AND activated_at IS NOT NULL AND revoked_at IS NULL AND expires_at > ${now} FOR SHARE`;
  if (rows.length > 0) return;
  throw new DomainError('unauthenticated', 'The SCIM token was revoked or has expired.');
};
