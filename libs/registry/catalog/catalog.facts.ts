import type { Database, Tx } from '#libs/platform/db';
import type { ToolFacts, ToolTraits } from '#libs/engine/policy';
import { asObject } from './catalog.view.js';

/** What rules may select each pinned tool by, or each of these. */
export const loadToolTraits = async (
  db: Database | Tx,
  ids?: readonly string[],
): Promise<ToolTraits[]> => {
  const rows = await db.tool.findMany({
    ...(ids === undefined ? {} : { where: { id: { in: [...ids] } } }),
    select: {
      id: true,
      serverId: true,
      name: true,
      classification: true,
      annotations: true,
      server: { select: { slug: true } },
    },
  });
  return rows.map(({ server, annotations, ...row }) => ({
    ...row,
    server: server.slug,
    annotations: asObject(annotations),
  }));
};

/** What policies may ask of each pinned tool; `server` is the tool server's slug. */
export const loadToolFacts = async (db: Database | Tx): Promise<ToolFacts[]> => {
  const rows = await db.tool.findMany({
    select: {
      id: true,
      serverId: true,
      name: true,
      classification: true,
      annotations: true,
      inputSchema: true,
      server: { select: { slug: true } },
    },
    orderBy: { id: 'asc' },
  });
  return rows.map((row) => ({
    id: row.id,
    serverId: row.serverId,
    name: row.name,
    classification: row.classification,
    server: row.server.slug,
    annotations: asObject(row.annotations),
    inputSchema: asObject(row.inputSchema),
  }));
};
