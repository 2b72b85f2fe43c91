import { Injectable } from '@nestjs/common';
import { Database, type StopModel, type StopWhereInput } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';
import type { z } from 'zod';
import type { listStopsQuerySchema, StopView } from './stops.schemas.js';

type ListQuery = z.infer<typeof listStopsQuerySchema>;
type Names = ReadonlyMap<string, string>;
type People = ReadonlyMap<string, { id: string; name: string; email: string }>;

/** Reads stops for screens. */
@Injectable()
export class StopQueries {
  constructor(private readonly db: Database) {}

  /** One page, by when they were pressed. */
  async list(query: ListQuery): Promise<{ items: StopView[]; total: number }> {
    const where: StopWhereInput = {
      ...(query.scope === undefined ? {} : { scope: query.scope }),
      ...(query.inForce === undefined
        ? {}
        : { liftedAt: query.inForce === 'true' ? null : { not: null } }),
    };
    const [rows, total] = await Promise.all([
      this.db.stop.findMany({
        where,
        orderBy: [{ stoppedAt: query.order }, { id: query.order }],
        skip: (query.page - 1) * query.perPage,
        take: query.perPage,
      }),
      this.db.stop.count({ where }),
    ]);
    return { items: await this.#views(rows), total };
  }

  /** One stop. */
  async get(id: string): Promise<StopView> {
    const row = await this.db.stop.findUnique({ where: { id } });
    const [view] = row === null ? [] : await this.#views([row]);
    if (view === undefined) throw new DomainError('not_found', 'There is no such stop.');
    return view;
  }

  async #views(rows: readonly StopModel[]): Promise<StopView[]> {
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

  async #people(rows: readonly StopModel[]): Promise<People> {
    const ids = rows.flatMap(({ stoppedById, liftedById }) => [stoppedById, liftedById]);
    const people = await this.db.person.findMany({
      where: { id: { in: ids.filter((id) => id !== null) } },
      select: { id: true, name: true, email: true },
    });
    return new Map(people.map((person) => [person.id, person]));
  }
}

const toView = (row: StopModel, names: Names, people: People): StopView => {
  const { id, scope, targetId, reason, stoppedById, liftedById, liftedReason } = row;
  const person = (personId: string | null) =>
    personId === null ? null : (people.get(personId) ?? null);
  return {
    id,
    scope,
    // A tool that is gone by now keeps its stop, under its id.
    target: targetId === null ? null : { id: targetId, name: names.get(targetId) ?? targetId },
    reason,
    stoppedBy: person(stoppedById),
    stoppedAt: row.stoppedAt.toISOString(),
    liftedBy: person(liftedById),
    liftedAt: row.liftedAt?.toISOString() ?? null,
    liftedReason,
  };
};
