import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#libs/platform/config';
import { Database, Prisma } from '#libs/platform/db';
import type { JsonObject } from '#libs/platform/kernel';
import { assertChanged } from '../protocol/etag.js';
import { noSuchResource } from '../errors.js';
import { inOrder } from '../resource/in-order.js';
import { withMeta } from '../resource/meta.js';
import { projectionOf } from '../resource/projection.js';
import { ResourceLists } from '../resource/resource-lists.js';
import type { ResourceQueries } from '../resource/scim-resources.js';
import { DRAFTS, type AgentType } from './agent.columns.js';
import { AGENT_STATE, agentAttributes, type ScimAgentRow } from './scim-agents.repository.js';
import { commonField } from '../filter/common-field.js';
import { jsonField } from '../filter/sql-field.js';
import type { ListSource } from '../resource/page.sql.js';

const sql = Prisma.sql;

const COMMON_COLUMNS = {
  id: sql`s.agent_id`,
  externalId: sql`s.external_id`,
  createdAt: sql`s.created_at`,
  updatedAt: sql`s.updated_at`,
  extends: null,
};

/** Agents of one resource type for lists and filters. */
const agentSource = (resourceType: AgentType): ListSource => ({
  type: DRAFTS[resourceType].type,
  from: sql`scim_agent s JOIN agent a ON a.id = s.agent_id`,
  id: sql`s.agent_id`,
  scope: (connectionId) =>
    sql`s.connection_id = ${connectionId}::uuid AND s.resource_type = ${resourceType}`,
  field: (resolved) => {
    if (resolved.attribute.name === 'active')
      return { kind: 'boolean', value: sql`(a.state = 'active')` };
    const common = commonField(DRAFTS[resourceType].type, resolved, COMMON_COLUMNS);
    return common === undefined ? jsonField(sql`s.attributes`, resolved) : common;
  },
});

/** Reads agents of the client's own connection (experimental resources). */
@Injectable()
export class ScimAgentQueries {
  constructor(
    private readonly db: Database,
    private readonly lists: ResourceLists,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  /** Reads agents of one resource type. */
  of(resourceType: AgentType): ResourceQueries {
    const { type } = DRAFTS[resourceType];
    const source = agentSource(resourceType);
    return {
      get: async (client, id, query, ifNoneMatch) => {
        const row = await this.db.scimAgent.findUnique({
          where: { agentId: id, connectionId: client.id, resourceType },
          include: AGENT_STATE,
        });
        if (row === null) throw noSuchResource();
        assertChanged(ifNoneMatch, row.version);
        const whole = this.#toResource(resourceType, row);
        return { whole, shown: projectionOf(type, query).apply(whole) };
      },
      list: (client, query) => {
        const { apply } = projectionOf(type, query);
        return this.lists.list(client, source, query, async (ids) => {
          const rows = await this.db.scimAgent.findMany({
            where: { agentId: { in: [...ids] } },
            include: AGENT_STATE,
          });
          return inOrder<ScimAgentRow>(ids, rows, ({ agentId }) => agentId).map((row) =>
            apply(this.#toResource(resourceType, row)),
          );
        });
      },
    };
  }

  #toResource(resourceType: AgentType, row: ScimAgentRow): JsonObject {
    const { type } = DRAFTS[resourceType];
    return withMeta(type, this.config.publicUrl, { ...row, id: row.agentId }, agentAttributes(row));
  }
}
