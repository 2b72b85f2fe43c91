import { Inject, Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { CONFIG, type Config } from '#libs/platform/config';
import { Database } from '#libs/platform/db';
import { ROLES, type Role } from '#libs/platform/kernel';
import { holdersWhere, roleSourcesOf, type RoleSource } from '#libs/directory/people';
import type { z } from 'zod';
import { roleRights } from './role-rights.js';
import type { roleHolderSchema, rolePageSchema, roleViewSchema } from './roles.schemas.js';

const HOLDERS_SHOWN = 100;

/** Reads the role matrix: what each role may do, and who has it by what. */
@Injectable()
export class RoleQueries {
  constructor(
    private readonly db: Database,
    private readonly runtime: CommandRuntime,
    @Inject(CONFIG) private readonly config: Pick<Config, 'coolingOffHours'>,
  ) {}

  /** Every role. */
  async matrix(): Promise<z.infer<typeof rolePageSchema>> {
    const items = await Promise.all(ROLES.map((role) => this.#view(role)));
    return { items, total: items.length };
  }

  async #view(role: Role): Promise<z.infer<typeof roleViewSchema>> {
    const now = this.runtime.clock.now();
    const inEmergency = role === 'it' || role === 'security';
    const where = inEmergency
      ? { OR: [holdersWhere(role), { disabledAt: null, emergencies: { some: openAt(now) } }] }
      : holdersWhere(role);
    const [people, holderCount, groups] = await Promise.all([
      this.db.person.findMany({
        where,
        select: { id: true, name: true, email: true },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        take: HOLDERS_SHOWN,
      }),
      this.db.person.count({ where }),
      this.db.group.findMany({
        where: { mappings: { some: { role, state: 'active' } } },
        select: { id: true, displayName: true },
        orderBy: { displayName: 'asc' },
      }),
    ]);
    const ids = people.map(({ id }) => id);
    const { coolingOffHours } = this.config;
    const sources = await roleSourcesOf(this.db, ids, { now, coolingOffHours });
    return {
      role,
      rights: roleRights(role),
      holders: people.flatMap((person) => holdersOf(person, role, sources.get(person.id) ?? [])),
      holderCount,
      groups: groups.map(({ id, displayName }) => ({ id, name: displayName })),
    };
  }
}

const openAt = (now: Date) => ({ endedAt: null, expiresAt: { gt: now } });

type Holder = z.infer<typeof roleHolderSchema>;

const holdersOf = (
  person: Holder['person'],
  role: Role,
  sources: readonly RoleSource[],
): Holder[] =>
  sources
    .filter((source) => source.role === role)
    .map(({ since, expiresAt, ...source }) => ({
      ...source,
      person,
      since: since.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
    }));
