import type { Tx } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';
import type { NewKillSwitch } from './kill-switches.schemas.js';

/** What a kill switch is about; without an id it is everything. */
export interface KillSwitchTarget {
  id: string | null;
  name: string;
}

/** The tool or tool server that is to be stopped. */
export const killSwitchTarget = async (
  tx: Tx,
  killSwitch: NewKillSwitch,
): Promise<KillSwitchTarget> => {
  if (killSwitch.scope === 'everything') return { id: null, name: 'everything' };
  const name =
    killSwitch.scope === 'tool'
      ? toolName(tx, killSwitch.targetId)
      : serverName(tx, killSwitch.targetId);
  const found = await name;
  if (found !== null) return { id: killSwitch.targetId, name: found };
  const what = killSwitch.scope === 'tool' ? 'tool' : 'tool server';
  throw new DomainError('invalid_input', `This ${what} does not exist. Choose one from the list.`, {
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
