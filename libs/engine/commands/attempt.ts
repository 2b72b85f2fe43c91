import { bumpEpoch, type EpochSection, type Tx } from '#libs/platform/db';
import type { DomainError } from '#libs/platform/kernel';
import type { ProposedChangeRef } from './second-person/second-person.js';
import type { CommandEntryInput } from '#libs/engine/ledger';

/** What a command did inside a transaction that is still open. */
export interface Performed<Output> {
  output: Output;
  /** Nothing was done: a second person must confirm this. */
  proposed?: ProposedChangeRef;
  entry: CommandEntryInput;
  /** Which part of the epoch must move before the commit. */
  moves: boolean | EpochSection;
}

/** A command tried inside a transaction that it shares with others. */
export type Attempt<Output> =
  | ({ done: true } & Performed<Output>)
  | { done: false; error: DomainError; entry: CommandEntryInput };

/** Moves the epoch once for all that was done in a transaction, when any of it changed rights. */
export const moveEpoch = async (
  tx: Tx,
  moves: readonly (boolean | EpochSection)[],
): Promise<void> => {
  const moved = new Set(moves.filter((one) => one !== false));
  const [only] = moved;
  if (only === undefined) return;
  await bumpEpoch(tx, moved.size === 1 && only !== true ? only : undefined);
};
