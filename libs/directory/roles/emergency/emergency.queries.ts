import { Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import type { z } from 'zod';
import type {
  emergencyPageSchema,
  EmergencyView,
  listEmergenciesQuerySchema,
} from './emergency.schemas.js';

const INCLUDE = {
  person: { select: { id: true, name: true, email: true } },
  changes: { orderBy: { id: 'desc' } },
} as const;

/** Reads emergency access: open now, and what there was. */
@Injectable()
export class EmergencyQueries {
  constructor(
    private readonly db: Database,
    private readonly runtime: CommandRuntime,
  ) {}

  /** One page, newest first unless asked otherwise. */
  async list(
    query: z.infer<typeof listEmergenciesQuerySchema>,
  ): Promise<z.infer<typeof emergencyPageSchema>> {
    const now = this.runtime.clock.now();
    const { state, page, perPage, order } = query;
    const where = state === 'open' ? { endedAt: null, expiresAt: { gt: now } } : {};
    const [rows, total] = await Promise.all([
      this.db.emergencyAccess.findMany({
        where,
        include: INCLUDE,
        orderBy: { id: order },
        skip: (page - 1) * perPage,
        take: perPage,
      }),
      this.db.emergencyAccess.count({ where }),
    ]);
    return { items: rows.map((row) => toView(row, now)), total };
  }

  /** One that is known to be there. */
  async get(id: string): Promise<EmergencyView> {
    const row = await this.db.emergencyAccess.findUniqueOrThrow({
      where: { id },
      include: INCLUDE,
    });
    return toView(row, this.runtime.clock.now());
  }
}

interface Row extends Pick<EmergencyView, 'id' | 'person' | 'reason'> {
  startedAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
  changes: ChangeRow[];
}

interface ChangeRow extends Pick<EmergencyView['changes'][number], 'id' | 'command' | 'entryId'> {
  subjectKind: string;
  subjectId: string;
  subjectName: string;
  madeAt: Date;
  keptAt: Date | null;
}

const toView = (row: Row, now: Date): EmergencyView => {
  const isOpen = row.endedAt === null && row.expiresAt > now;
  return {
    id: row.id,
    person: row.person,
    reason: row.reason,
    startedAt: row.startedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    isOpen,
    changes: row.changes.map((change) => toChangeView(change, isOpen)),
  };
};

const toChangeView = (row: ChangeRow, isOpen: boolean): EmergencyView['changes'][number] => {
  const { id, command, entryId, subjectKind: kind, subjectId, subjectName, madeAt, keptAt } = row;
  return {
    id,
    command,
    entryId,
    subject: { kind, id: subjectId, name: subjectName },
    madeAt: madeAt.toISOString(),
    // From then on it has no effect, whether or not the worker has undone it yet.
    state: keptAt !== null ? 'kept' : isOpen ? 'ends' : 'ended',
  };
};
