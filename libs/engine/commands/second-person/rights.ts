import { idSchema } from '#libs/platform/http';
import type { Tx } from '#libs/platform/db';
import { z } from 'zod';

/** Whose rights a change could reach; agents that are left out are all of them, and tools, too. */
export interface RightsReach {
  readonly agentIds?: readonly string[];
  readonly toolIds?: readonly string[];
}

const pairSchema = z.object({
  agent: z.object({ id: idSchema, name: z.string() }),
  tool: z.object({ id: idSchema, server: z.string(), name: z.string() }),
});

/** Pairs of an agent and a tool: the first fifty, and how many there are. */
export const pairListSchema = z.object({ items: z.array(pairSchema), total: z.int() });

/** Some pairs of an agent and a tool. */
export type PairList = z.infer<typeof pairListSchema>;

const changedPairsSchema = z.object({
  /** What could not be called before. */
  added: pairListSchema,
  /** What could be called before, and is allowed by another rule, or limited by one less. */
  widened: pairListSchema,
  /** What cannot be called any more. */
  removed: pairListSchema,
});

/** How a change changes what agents may call. */
export type ChangedPairs = z.infer<typeof changedPairsSchema>;

/** What a change does to what agents may call, as its second person is shown it. */
export const pairEffectSchema = changedPairsSchema.extend({
  /** What stays as it is, and somebody else could use after the change. */
  exposed: pairListSchema,
});

/** One of {@link pairEffectSchema}. */
export type PairEffect = z.infer<typeof pairEffectSchema>;

/**
 * What agents may call at one point of a transaction, under the policies in force: active and suspended agents, of
 * which a draft is none. A suspended one counts because activating it takes no second person.
 */
export interface Rights {
  /** Whether none of the agents may call anything. */
  readonly isEmpty: boolean;
  readonly pairs: PairList;
  /** How they differ from what they are now, after a change in the same transaction. */
  readonly changes: () => Promise<ChangedPairs>;
}

/** Reads rights; libraries below the policies get it from the composition root. */
export type ReadRights = (tx: Tx, reach: RightsReach, now: Date) => Promise<Rights>;

/** For a process that has none: nobody's change may pass because nobody could say what it widens. */
export const noRightsReader: ReadRights = () => {
  throw new Error('this process cannot tell what agents may call');
};

const NO_PAIRS: PairList = { items: [], total: 0 };

/** What a proposed change does to rights, after it was tried; null: it reaches none. */
export const pairEffectOf = async ({
  rights,
  exposes,
}: {
  rights?: Rights;
  exposes?: Rights;
}): Promise<PairEffect | null> => {
  if (rights === undefined && exposes === undefined) return null;
  const changed = (await rights?.changes()) ?? {
    added: NO_PAIRS,
    widened: NO_PAIRS,
    removed: NO_PAIRS,
  };
  return { ...changed, exposed: exposes?.pairs ?? NO_PAIRS };
};
