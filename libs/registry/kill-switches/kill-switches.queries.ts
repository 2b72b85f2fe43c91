import { Injectable } from '@nestjs/common';
import { Database, type KillSwitchModel, type KillSwitchWhereInput } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';
import type { z } from 'zod';
import type { listKillSwitchesQuerySchema, KillSwitchView } from './kill-switches.schemas.js';

type ListQuery = z.infer<typeof listKillSwitchesQuerySchema>;
type Names = ReadonlyMap<string, string>;
type People = ReadonlyMap<string, { id: string; name: string; email: string }>;

/** Reads kill switches for screens. */
@Injectable()
export class KillSwitchQueries {
  constructor(private readonly db: Database) {}

  /** One page, by when they were pressed. */
  async list(query: ListQuery): Promise<{ items: KillSwitchView[]; total: number }> {
    const where: KillSwitchWhereInput = {
      ...(query.scope === undefined ? {} : { scope: query.scope }),
      ...(query.inForce === undefined
        ? {}
        : { releasedAt: query.inForce === 'true' ? null : { not: null } }),
    };
    const [rows, total] = await Promise.all([
      this.db.killSwitch.findMany({
        where,
        orderBy: [{ activatedAt: query.order }, { id: query.order }],
        skip: (query.page - 1) * query.perPage,
        take: query.perPage,
      }),
      this.db.killSwitch.count({ where }),
    ]);
    return { items: await this.#views(rows), total };
  }

  /** One kill switch. */
  async get(id: string): Promise<KillSwitchView> {
    const row = await this.db.killSwitch.findUnique({ where: { id } });
    const [view] = row === null ? [] : await this.#views([row]);
    if (view === undefined) throw new DomainError('not_found', 'This kill switch was not found.');
    return view;
  }

  async #views(rows: readonly KillSwitchModel[]): Promise<KillSwitchView[]> {
    const targetIds = rows.flatMap(({ targetId }) => (targetId === null ? [] : [targetId]));
    const [names, people] = await Promise.all([this.#names(targetIds), this.#people(rows)]);
    return rows.map((row) => toView(row, names, people));
  }

  async #names(ids: string[]): Promise<Names> {
    const where = { id: { in: ids } };
    const [tools, servers] = await Promise.all([
      this.db.tool.findMany({
        where,
        select: { id: true, name: true, server: { select: { slug: true } } },
      }),
      this.db.toolServer.findMany({ where, select: { id: true, slug: true } }),
    ]);
    return new Map([
      ...tools.map(({ id, name, server }) => [id, `${server.slug}/${name}`] as const),
      ...servers.map(({ id, slug }) => [id, slug] as const),
    ]);
  }

  async #people(rows: readonly KillSwitchModel[]): Promise<People> {
    const ids = rows.flatMap(({ activatedById, releasedById }) => [activatedById, releasedById]);
    const people = await this.db.person.findMany({
      where: { id: { in: ids.filter((id) => id !== null) } },
      select: { id: true, name: true, email: true },
    });
    return new Map(people.map((person) => [person.id, person]));
  }
}

const toView = (row: KillSwitchModel, names: Names, people: People): KillSwitchView => {
  const { id, scope, targetId, reason, activatedById, releasedById, releaseReason } = row;
  const person = (personId: string | null) =>
    personId === null ? null : (people.get(personId) ?? null);
  return {
    id,
    scope,
    // A tool that is gone by now keeps its kill switch, under its id.
    target: targetId === null ? null : { id: targetId, name: names.get(targetId) ?? targetId },
    reason,
    stoppedBySecurity: row.stoppedBySecurity,
    activatedBy: person(activatedById),
    activatedAt: row.activatedAt.toISOString(),
    releasedBy: person(releasedById),
    releasedAt: row.releasedAt?.toISOString() ?? null,
    releaseReason,
  };
};
