import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';
import type { z } from 'zod';
import {
  alertKindSchema,
  type alertPageSchema,
  type AlertView,
  type listAlertsQuerySchema,
} from './alerts.schemas.js';

type ListQuery = z.infer<typeof listAlertsQuerySchema>;

/** Reads alerts. */
@Injectable()
export class AlertQueries {
  constructor(private readonly db: Database) {}

  /** One page, newest first unless asked otherwise. */
  async list(query: ListQuery): Promise<z.infer<typeof alertPageSchema>> {
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
    return { items: await this.#views(rows), total };
  }

  /** One alert; throws `not_found`. */
  async get(id: string): Promise<AlertView> {
    const row = await this.db.alert.findUnique({ where: { id } });
    const [view] = row === null ? [] : await this.#views([row]);
    if (view === undefined) {
      throw new DomainError('not_found', 'This alert was not found: check the id.');
    }
    return view;
  }

  async #views(rows: readonly Row[]): Promise<AlertView[]> {
    const ids = rows.flatMap(({ acknowledgedById }) => acknowledgedById ?? []);
    const people = await this.db.person.findMany({
      where: { id: { in: ids } },
      select: { id: true, name: true },
    });
    const byId = new Map(people.map((person) => [person.id, person]));
    return rows.map((row) => toView(row, byId));
  }
}

interface Row {
  id: string;
  kind: string;
  subjectKind: string;
  subjectId: string;
  message: string;
  raisedAt: Date;
  acknowledgedById: string | null;
  acknowledgedAt: Date | null;
  acknowledgedNote: string | null;
}

const toView = (
  row: Row,
  people: ReadonlyMap<string, { id: string; name: string }>,
): AlertView => ({
  id: row.id,
  kind: alertKindSchema.parse(row.kind),
  subject: { kind: row.subjectKind, id: row.subjectId },
  message: row.message,
  raisedAt: row.raisedAt.toISOString(),
  acknowledged: row.acknowledgedAt && {
    by: people.get(row.acknowledgedById ?? '') ?? null,
    at: row.acknowledgedAt.toISOString(),
    note: row.acknowledgedNote ?? '',
  },
});
