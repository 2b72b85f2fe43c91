import { Inject, Injectable } from '@nestjs/common';
import { CommandRuntime, isStorable } from '#libs/engine/commands';
import { CONFIG, type Config } from '#libs/platform/config';
import { Database } from '#libs/platform/db';
import type { PersonActor } from '#libs/platform/http';
import { effectiveRoles } from '#libs/engine/actors';

/** A person as the database has them, whether they may do anything or not. */
export interface KnownPerson {
  actor: PersonActor;
  disabled: boolean;
}

/** Finds people for sign-in: by what their IdP says they are, or by who a session belongs to. */
@Injectable()
export class PeopleDirectory {
  constructor(
    private readonly db: Database,
    private readonly runtime: CommandRuntime,
    @Inject(CONFIG) private readonly config: Pick<Config, 'coolingOffHours'>,
  ) {}

  /** The person of this (issuer, subject), compared exactly; never by e-mail (invariant I7). */
  async bySubject(issuer: string, subject: string): Promise<KnownPerson | undefined> {
    // The driver would write half a character as U+FFFD, and so find another subject.
    if (!isStorable([issuer, subject])) return undefined;
    const identity = await this.db.personIdentity.findUnique({
      where: { issuer_subject: { issuer, subject } },
      select: { personId: true },
    });
    return identity === null ? undefined : this.byId(identity.personId);
  }

  /** The person with this id as they are now: a withdrawn role is gone at once. */
  async byId(id: string): Promise<KnownPerson | undefined> {
    const { coolingOffHours } = this.config;
    const [row, { roles, coolingOffRoles }] = await Promise.all([
      this.db.person.findUnique({
        where: { id },
        select: { name: true, disabledAt: true, teams: { select: { teamId: true } } },
      }),
      effectiveRoles(this.db, id, { now: this.runtime.clock.now(), coolingOffHours }),
    ]);
    if (row === null) return undefined;
    const teamIds = row.teams.map(({ teamId }) => teamId);
    const actor = { kind: 'person', id, name: row.name, roles, coolingOffRoles, teamIds } as const;
    return { actor, disabled: row.disabledAt !== null };
  }
}
