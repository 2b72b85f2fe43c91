import { Prisma } from '#libs/platform/db';
import { jsonField } from '../filter/sql-field.js';
import type { ListSource } from '../resource/page.sql.js';
import { DRAFTS, type AgentType } from './agent.columns.js';

const sql = Prisma.sql;

/** Agents of one resource type for lists and filters. */
export const agentSource = (resourceType: AgentType): ListSource => ({
  type: DRAFTS[resourceType].type,
  from: sql`scim_agent s JOIN agent a ON a.id = s.agent_id`,
  id: sql`s.agent_id`,
  scope: (connectionId) =>
    sql`s.connection_id = ${connectionId}::uuid AND s.resource_type = ${resourceType}`,
  field: (resolved) => {
    const { attribute, sub } = resolved;
    switch (attribute.name) {
      case 'id':
        return { kind: 'id', value: sql`s.agent_id` };
      case 'externalId':
        return { kind: 'text', value: sql`s.external_id`, caseExact: true };
      case 'active':
        return { kind: 'boolean', value: sql`(a.state = 'active')` };
      case 'meta':
        if (sub?.name === 'created') return { kind: 'time', value: sql`s.created_at` };
        return sub?.name === 'lastModified' ? { kind: 'time', value: sql`s.updated_at` } : null;
      case 'schemas':
        return null;
      default:
        return jsonField(sql`s.attributes`, resolved);
    }
  },
});
