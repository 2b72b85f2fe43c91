/** What can be wrong with a ledger. */
export type LedgerProblemKind =
  | 'changed'
  | 'missing'
  | 'reordered'
  | 'broken_link'
  | 'unexpected'
  | 'payload_changed'
  | 'payload_missing'
  | 'after_close'
  | 'truncated';

/** One thing wrong: where, and a sentence that says what. */
export interface LedgerProblem {
  kind: LedgerProblemKind;
  chain: string | null;
  seq: number | null;
  /** The entry's id as found; null when the entry is gone. */
  id: string | null;
  /** When it happened at the earliest: the time of the last sound entry before it in its chain. */
  since: string | null;
  detail: string;
}

/** The answer of a verification. */
export interface VerificationReport {
  ok: boolean;
  chains: number;
  entries: number;
  payloads: number;
  /** The first entry in time that was changed, removed or reordered. */
  firstProblem: LedgerProblem | null;
  /** In the order of `since`; the earliest of each kind and chain are always among them. */
  problems: LedgerProblem[];
  problemCount: number;
  durationMs: number;
  entriesPerSecond: number;
  cannotProve: string[];
}

/** What no verification from inside the database can show; checkpoints published outside it will. */
export const CANNOT_PROVE: readonly string[] = [
  'that nothing was cut off the end of a chain that is still open, or that ended with its own last entry',
  'that no whole chain was removed together with every entry that mentions it',
  'that nobody with full control of the database re-hashed a chain from an entry to its end, or wrote a chain of their own',
];
