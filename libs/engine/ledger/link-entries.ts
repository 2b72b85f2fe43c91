import { hashCanonical } from './canonical.js';
import type { EntryPosition } from './entry.js';
import type { PreparedEntry } from './prepare-entry.js';

/** A chain's last entry: what the next one is linked to. */
export interface ChainHead {
  seq: number;
  hash: string;
}

/** Entries given their places at the end of a chain, not yet committed. */
export interface LinkedBatch {
  chain: string;
  before: ChainHead;
  after: ChainHead;
  entries: readonly PreparedEntry[];
  hashes: readonly string[];
}

/** Links entries to a chain's head, in order. */
export const linkEntries = (
  chain: string,
  before: ChainHead,
  entries: readonly PreparedEntry[],
): LinkedBatch => {
  let { seq, hash } = before;
  const hashes = entries.map(({ canonical }) => {
    seq += 1;
    hash = hashCanonical(
      canonical.beforeChain +
        chain +
        canonical.beforePrev +
        hash +
        `","seq":${seq}` +
        canonical.afterSeq,
    );
    return hash;
  });
  return { chain, before, after: { seq, hash }, entries, hashes };
};

/** The position of each entry of a batch. */
export const positionsOf = (batch: LinkedBatch): EntryPosition[] =>
  batch.entries.map(({ id }, index) => ({
    id,
    chain: batch.chain,
    seq: batch.before.seq + 1 + index,
  }));
