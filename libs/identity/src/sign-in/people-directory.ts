import { Injectable } from '@nestjs/common';
import { Database } from '#libs/db';
import type { PersonActor } from '#libs/http';

const INCLUDE = { roles: true, teams: true } as const;

/** A person as the database has them, whether they may do anything or not. */
export interface KnownPerson {
  actor: PersonActor;
  disabled: boolean;
}

/** Finds people for sign-in: by what their IdP says they are, or by who a session belongs to. */
@Injectable()
export class PeopleDirectory {
  constructor(private readonly db: Database) {}

  /** The person of this (issuer, subject), compared exactly; never by e-mail (invariant I7). */
  async bySubject(issuer: string, subject: string): Promise<KnownPerson | undefined> {
    const row = await this.db.person.findUnique({
      where: { issuer_subject: { issuer, subject } },
      include: INCLUDE,
    });
    return row === null ? undefined : known(row);
  }

  /** The person with this id as they are now: a role that was taken away is gone at once. */
  async byId(id: string): Promise<KnownPerson | undefined> {
    const row = await this.db.person.findUnique({ where: { id }, include: INCLUDE });
    return row === null ? undefined : known(row);
  }
}

interface Row {
  id: string;
  name: string;
  disabledAt: Date | null;
  roles: { role: PersonActor['roles'][number] }[];
  teams: { teamId: string }[];
}

const known = (row: Row): KnownPerson => ({
  disabled: row.disabledAt !== null,
  actor: {
    kind: 'person',
    id: row.id,
    name: row.name,
    roles: row.roles.map(({ role }) => role),
    teamIds: row.teams.map(({ teamId }) => teamId),
  },
});
