import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';
import type { z } from 'zod';
import type { teamPageSchema, teamSchema } from './teams.schemas.js';

const SELECT = {
  id: true,
  name: true,
  orphanRule: true,
  orphanOwner: { select: { id: true, name: true, email: true } },
} as const;

/** Reads teams. */
@Injectable()
export class TeamQueries {
  constructor(private readonly db: Database) {}

  /** Every team by name. */
  async list(): Promise<z.infer<typeof teamPageSchema>> {
    const items = await this.db.team.findMany({ select: SELECT, orderBy: { name: 'asc' } });
    return { items, total: items.length };
  }

  /** One team; throws `not_found`. */
  async get(id: string): Promise<z.infer<typeof teamSchema>> {
    const team = await this.db.team.findUnique({ where: { id }, select: SELECT });
    if (team === null) throw new DomainError('not_found', 'This team was not found: check the id.');
    return team;
  }
}
