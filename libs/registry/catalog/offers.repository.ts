import type { CommandContext } from '#libs/engine/commands';
import { definitionDigest, type ToolDefinition } from '#libs/engine/upstream';
import { toolStateOf, type ToolState } from './tool-state.js';

/** A tool whose offer is to be taken over: its row is held. */
export interface LockedOffer {
  readonly id: string;
  readonly name: string;
  readonly state: ToolState;
  readonly definitionDigest: string;
  readonly offeredDigest: string | null;
  /** Of what is stored as offered; null: the pinned definition is. */
  readonly computedDigest: string | null;
}

/** Those of these tools that are of the tool server, held until the command ends. */
export const lockOffers = async (
  { tx, signs }: Pick<CommandContext, 'tx' | 'signs'>,
  serverId: string,
  ids: readonly string[],
): Promise<LockedOffer[]> => {
  await signs('tool', ids);
  const rows = await tx.tool.findMany({
    where: { serverId, id: { in: [...ids] } },
    select: {
      id: true,
      name: true,
      definitionDigest: true,
      isOffered: true,
      isTakenOver: true,
      offered: true,
      offeredDigest: true,
    },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ offered, ...row }) => ({
    ...row,
    state: toolStateOf(row),
    computedDigest: offered === null ? null : digestOf(offered),
  }));
};

// As the worker wrote it; anything else has another digest.
const digestOf = (offered: unknown): string => definitionDigest(offered as ToolDefinition);
