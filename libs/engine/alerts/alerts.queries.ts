import { Injectable } from '@nestjs/common';
import { areRelated, readMakers } from '#libs/engine/actors';
import { can } from '#libs/platform/access';
import { Database } from '#libs/platform/db';
import { DomainError, type Actor } from '#libs/platform/kernel';
import type { z } from 'zod';
import {
  alertKindSchema,
  type alertPageSchema,
  type AlertView,
  type listAlertsQuerySchema,
} from './alerts.schemas.js';

type ListQuery = z.infer<typeof listAlertsQuerySchema>;
type Ref = { id: string; name: string };

// Everybody counts, a few are named.
const CONCERNED_SHOWN = 5;

/** Reads alerts, with what the reader may do about each. */
@Injectable()
export class AlertQueries {
  constructor(private readonly db: Database) {}

  /** One page, newest first unless asked otherwise. */
  async list(actor: Actor, query: ListQuery): Promise<z.infer<typeof alertPageSchema>> {
    const { state, kind, page, perPage, order } = query;
    const where = {
      ...(state === 'open' ? { acknowledgedAt: null } : {}),
      ...(kind === undefined ? {} : { kind }),
    };
    const [rows, total] = await Promise.all([
      this.db.alert.findMany({
        where,
        orderBy: { id: order },
        skip: (page - 1) * perPage,
        take: perPage,
      }),
      this.db.alert.count({ where }),
    ]);
    return { items: await this.#views(actor, rows), total };
  }

  /** One alert; throws `not_found`. */
  async get(actor: Actor, id: string): Promise<AlertView> {
    const row = await this.db.alert.findUnique({ where: { id } });
    const [view] = row === null ? [] : await this.#views(actor, [row]);
    if (view === undefined) {
      throw new DomainError('not_found', 'This alert was not found: check the id.');
    }
    return view;
  }

  async #views(actor: Actor, rows: readonly Row[]): Promise<AlertView[]> {
    const open = rows.filter(({ acknowledgedAt }) => acknowledgedAt === null);
    const concerned = open.flatMap(({ concernedIds }) => concernedIds);
    const shown = rows.flatMap(({ acknowledgedById, byId, concernedIds }) => [
      ...[acknowledgedById, byId].filter((id) => id !== null),
      ...concernedIds.slice(0, CONCERNED_SHOWN),
    ]);
    const [people, makers] = await Promise.all([
      this.db.person.findMany({
        where: { id: { in: [...new Set(shown)] } },
        select: { id: true, name: true },
      }),
      readMakers(this.db, [actor.id, ...concerned]),
    ]);
    const byId = new Map(people.map((person) => [person.id, person]));
    return rows.map((row) => ({
      ...toView(row, byId),
      canAcknowledge:
        row.acknowledgedAt === null &&
        can(actor, 'acknowledge', 'Alert', { id: row.id }) &&
        !areRelated(actor.id, row.concernedIds, makers),
    }));
  }
}

interface Row {
  id: string;
  kind: string;
  subjectKind: string;
  subjectId: string;
  message: string;
  byId: string | null;
  concernedIds: string[];
  raisedAt: Date;
  acknowledgedById: string | null;
  acknowledgedAt: Date | null;
  acknowledgedNote: string | null;
}

const toView = (row: Row, people: ReadonlyMap<string, Ref>): Omit<AlertView, 'canAcknowledge'> => ({
  id: row.id,
  kind: alertKindSchema.parse(row.kind),
  subject: { kind: row.subjectKind, id: row.subjectId },
  message: row.message,
  by: people.get(row.byId ?? '') ?? null,
  concerned: row.concernedIds
    .slice(0, CONCERNED_SHOWN)
    .map((id) => people.get(id))
    .filter((person) => person !== undefined),
  concernedCount: row.concernedIds.length,
  raisedAt: row.raisedAt.toISOString(),
  acknowledged: row.acknowledgedAt && {
    by: people.get(row.acknowledgedById ?? '') ?? null,
    at: row.acknowledgedAt.toISOString(),
    note: row.acknowledgedNote ?? '',
  },
});
