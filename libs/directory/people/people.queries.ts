import { Inject, Injectable } from '@nestjs/common';
import { isAllowed } from '#libs/platform/access';
import { readableAgents } from '#libs/registry/agents';
import {
  readRoleSources,
  readUnconfirmedRoles,
  type RoleSource,
  type RoleTimes,
} from '#libs/engine/actors';
import { CommandRuntime } from '#libs/engine/commands';
import { CONFIG, type Config } from '#libs/platform/config';
import { containsText, Database, type PersonWhereInput } from '#libs/platform/db';
import { DomainError, type Actor, type Role } from '#libs/platform/kernel';
import type { z } from 'zod';
import type {
  listPeopleQuerySchema,
  personDetailSchema,
  personPageSchema,
} from './people.schemas.js';
import {
  PERSON_DETAIL_INCLUDE,
  PERSON_INCLUDE,
  toPersonDetailView,
  toPersonView,
} from './people.view.js';
import { holdersWhere, UNCONFIRMED } from './role-holders.js';
import { roleSourcesOf } from './role-sources.js';

type ListQuery = z.infer<typeof listPeopleQuerySchema>;

// More agents than one person can answer for; the list of agents has them all.
const AGENTS_SHOWN = 100;

/** Reads people for screens. */
@Injectable()
export class PeopleQueries {
  constructor(
    private readonly db: Database,
    private readonly runtime: CommandRuntime,
    @Inject(CONFIG) private readonly config: Pick<Config, 'coolingOffHours'>,
  ) {}

  /** People by name, one page. */
  async list(query: ListQuery): Promise<z.infer<typeof personPageSchema>> {
    const where = filter(query);
    const [rows, total] = await Promise.all([
      this.db.person.findMany({
        where,
        include: PERSON_INCLUDE,
        orderBy: [{ name: query.order }, { id: 'asc' }],
        skip: (query.page - 1) * query.perPage,
        take: query.perPage,
      }),
      this.db.person.count({ where }),
    ]);
    const ids = rows.map(({ id }) => id);
    const sources = await roleSourcesOf(this.db, ids, this.#times());
    return { items: rows.map((row) => toPersonView(row, sources.get(row.id) ?? [])), total };
  }

  /** One person with what gives them rights; throws `not_found`. */
  async get(actor: Actor, id: string): Promise<z.infer<typeof personDetailSchema>> {
    const row = await this.db.person.findUnique({ where: { id }, include: PERSON_DETAIL_INCLUDE });
    if (row === null)
      throw new DomainError('not_found', 'This person was not found: check the id.');
    const times = this.#times();
    const [sources, unconfirmedRoles, agents, activeDelegations, lastSignInAt] = await Promise.all([
      roleSourcesOf(this.db, [id], times),
      readUnconfirmedRoles(this.db, id, times),
      this.#agentsOf(actor, id),
      this.db.delegation.count({
        where: { personId: id, withdrawnAt: null, expiresAt: { gt: times.now } },
      }),
      this.#lastSignInAt(id),
    ]);
    const more = { unconfirmedRoles, agents, activeDelegations, lastSignInAt };
    return toPersonDetailView(row, sources.get(id) ?? [], more);
  }

  /** What the console shows of the person who is signed in. */
  async self(id: string) {
    const times = this.#times();
    const [row, emergency, sources, unconfirmedRoles] = await Promise.all([
      this.db.person.findUniqueOrThrow({
        where: { id },
        select: { id: true, name: true, email: true, teams: { select: { team: TEAM_REF } } },
      }),
      this.db.emergencyAccess.findFirst({
        where: { personId: id, endedAt: null, expiresAt: { gt: times.now } },
        select: { id: true, expiresAt: true },
      }),
      readRoleSources(this.db, [id], times),
      readUnconfirmedRoles(this.db, id, times),
    ]);
    const teams = row.teams.map(({ team }) => team);
    return { ...row, teams, emergency, coolOffUntil: coolOffUntil(sources), unconfirmedRoles };
  }

  async #agentsOf(actor: Actor, ownerId: string) {
    if (!isAllowed(actor, { action: 'read', subject: 'Agent' })) return [];
    return this.db.agent.findMany({
      where: { AND: [{ ownerId }, readableAgents(actor)] },
      select: { id: true, name: true, state: true },
      orderBy: { name: 'asc' },
      take: AGENTS_SHOWN,
    });
  }

  async #lastSignInAt(id: string): Promise<Date | null> {
    const entry = await this.db.ledgerEntry.findFirst({
      where: {
        actorKind: 'person',
        actorId: id,
        type: 'start-session',
        data: { path: ['outcome'], equals: 'succeeded' },
      },
      orderBy: { id: 'desc' },
      select: { at: true },
    });
    return entry?.at ?? null;
  }

  #times(): RoleTimes {
    const { coolingOffHours } = this.config;
    return { now: this.runtime.clock.now(), coolingOffHours };
  }
}

const TEAM_REF = { select: { id: true, name: true } } as const;

/** When the first of what gives each role has cooled off. */
const coolOffUntil = (sources: readonly RoleSource[]): ReadonlyMap<Role, Date> => {
  const times = new Map<Role, Date>();
  for (const { role, coolsOffUntil } of sources) {
    const earlier = times.get(role);
    if (coolsOffUntil !== null && (earlier === undefined || coolsOffUntil < earlier))
      times.set(role, coolsOffUntil);
  }
  return times;
};

const filter = ({ q, role, teamId, groupId, state, unconfirmed }: ListQuery): PersonWhereInput => ({
  AND: [
    STATES[state],
    role === undefined ? {} : holdersWhere(role),
    unconfirmed === undefined ? {} : UNCONFIRMED,
    teamId === undefined ? {} : { teams: { some: { teamId } } },
    groupId === undefined ? {} : { groups: { some: { groupId } } },
    q === undefined || q === '' ? {} : { OR: [matches('name', q), matches('email', q)] },
  ],
});

const STATES: Record<ListQuery['state'], PersonWhereInput> = {
  active: { disabledAt: null },
  inactive: { disabledAt: { not: null } },
  all: {},
};

const matches = (field: 'name' | 'email', text: string): PersonWhereInput => ({
  [field]: containsText(text),
});
