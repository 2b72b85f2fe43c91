import { Injectable } from '@nestjs/common';
import { Database, type AccessRequestWhereInput } from '#libs/platform/db';
import { DomainError, type Actor } from '#libs/platform/kernel';
import type { z } from 'zod';
import { readableWhere } from '#libs/platform/access';
import { inState } from './access-requests.rules.js';
import type {
  accessRequestDetailSchema,
  AccessRequestView,
  listAccessRequestsQuerySchema,
} from './access-requests.schemas.js';
import { REQUEST_INCLUDE, toRequestView } from './access-requests.view.js';

/** The access requests that the actor may read. */
const readableRequests = (actor: Actor): AccessRequestWhereInput =>
  readableWhere(actor, 'AccessRequest', {
    requestedById: (test) => ({ requestedById: test }),
    agentTeamId: (test) => ({ agent: { teamId: test } }),
    toolOwnerId: (test) => ({ tool: { server: { ownerId: test } } }),
  });

type ListQuery = z.infer<typeof listAccessRequestsQuerySchema>;

/** Reads access requests for screens: only those that the actor may see. */
@Injectable()
export class AccessRequestQueries {
  constructor(private readonly db: Database) {}

  /** One page, filtered. */
  async list(
    actor: Actor,
    query: ListQuery,
  ): Promise<{ items: AccessRequestView[]; total: number }> {
    const { page, perPage, order } = query;
    const where: AccessRequestWhereInput = {
      AND: [readableRequests(actor), filterOf(actor, query)],
    };
    const [rows, total] = await Promise.all([
      this.db.accessRequest.findMany({
        where,
        include: REQUEST_INCLUDE,
        orderBy: { id: order },
        skip: (page - 1) * perPage,
        take: perPage,
      }),
      this.db.accessRequest.count({ where }),
    ]);
    return { items: await Array.fromAsync(rows, toRequestView), total };
  }

  /** One request with the text of its access grant. */
  async get(actor: Actor, id: string): Promise<z.infer<typeof accessRequestDetailSchema>> {
    const row = await this.db.accessRequest.findFirst({
      where: { AND: [{ id }, readableRequests(actor)] },
      include: REQUEST_INCLUDE,
    });
    if (row === null) {
      const message = 'This request was not found, or you do not have access to it.';
      throw new DomainError('not_found', message);
    }
    return { ...(await toRequestView(row)), accessGrantText: row.version?.text ?? null };
  }
}

const filterOf = (
  actor: Actor,
  { state, agentId, toolId, mine }: ListQuery,
): AccessRequestWhereInput => ({
  ...(state === undefined ? {} : inState(state)),
  ...(agentId === undefined ? {} : { agentId }),
  ...(toolId === undefined ? {} : { toolId }),
  ...(mine === undefined ? {} : { requestedById: mine === 'true' ? actor.id : { not: actor.id } }),
});
