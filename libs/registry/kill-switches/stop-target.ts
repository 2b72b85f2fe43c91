import type { Tx } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';
import type { NewStop } from './stops.schemas.js';

/** What a stop is about; without an id it is everything. */
export interface StopTarget {
  id: string | null;
  name: string;
}

/** The tool or tool server that is to be stopped. */
export const stopTarget = async (tx: Tx, stop: NewStop): Promise<StopTarget> => {
  if (stop.scope === 'everything') return { id: null, name: 'everything' };
  const name = stop.scope === 'tool' ? toolName(tx, stop.targetId) : serverName(tx, stop.targetId);
  const found = await name;
  if (found !== null) return { id: stop.targetId, name: found };
  const what = stop.scope === 'tool' ? 'tool' : 'tool server';
  throw new DomainError('invalid_input', `There is no such ${what}. Choose one from the list.`, {
    problems: [{ path: 'targetId', message: `there is no such ${what}` }],
  });
};

const toolName = async (tx: Tx, id: string): Promise<string | null> => {
  const tool = await tx.tool.findUnique({
    where: { id },
    select: { name: true, server: { select: { slug: true } } },
  });
  return tool === null ? null : `${tool.server.slug}/${tool.name}`;
};

const serverName = async (tx: Tx, id: string): Promise<string | null> =>
  (await tx.toolServer.findUnique({ where: { id }, select: { slug: true } }))?.slug ?? null;
