import { systemActor } from '#libs/platform/kernel';
import type { CloseReason } from './catalogue.js';
import type { Chain } from './chain.js';
import type { Reference } from './entry.js';
import type { ChainHead } from './link-entries.js';
import type { PreparedEntry } from './prepare-entry.js';

/** An allowed call whose outcome nobody will write any more. */
export interface LostCall {
  callId: string;
  actor: Reference;
  atMs: number;
}

/** Where a chain ends in the database; undefined when it has no entry at all. */
export const readTail = async (on: Chain, chain: string): Promise<ChainHead | undefined> => {
  const [row] = await on.connection.query<{ seq: string; hash: string }>(
    `SELECT seq, encode(hash, 'hex') AS hash FROM ledger_entry
     WHERE chain = $1 ORDER BY seq DESC LIMIT 1`,
    [chain],
  );
  return row && { seq: Number(row.seq), hash: row.hash };
};

/** Keeps every append to `chain` out until the transaction on `by` ends; false if one is in progress. */
export const holdOffAppends = async (by: Chain, chain: string): Promise<boolean> => {
  const [row] = await by.connection.query<{ held: boolean }>(
    'SELECT pg_try_advisory_xact_lock(ledger_append_lock($1::uuid)) AS held',
    [chain],
  );
  return row?.held === true;
};

/** True when a `chain.closed` names it. */
export const isClosed = async (by: Chain, chain: string): Promise<boolean> => {
  const rows = await by.connection.query(
    `SELECT 1 FROM ledger_entry
     WHERE subject_kind = 'chain' AND subject_id = $1 AND type = 'chain.closed'`,
    [chain],
  );
  return rows.length > 0;
};

/** The outcome `unknown` of a lost call (invariant A11). */
export const unknownOutcome = (on: Chain, call: LostCall, nowMs: number): PreparedEntry =>
  on.prepare({
    type: 'call.outcome',
    actor: systemActor('ledger'),
    subject: call.actor,
    callId: call.callId,
    data: { outcome: 'unknown', durationMs: Math.max(0, Math.round(nowMs - call.atMs)) },
  });

/**
 * Closes a chain that this very process gave up, from the one that took its place. Its end is what this
 * process knows, with the batch in doubt if the database has it; rows that somebody else put there stay
 * outside. `lost` are the calls of that batch, whose callers were told that nothing was written.
 */
export const closeOwnChain = (
  by: Chain,
  dead: Chain,
  reason: CloseReason,
  lost: readonly LostCall[],
  nowMs: number,
): Promise<number> =>
  by.appendFound(async () => {
    if (!(await holdOffAppends(by, dead.id))) throw new Error('an append is still in progress');
    if (await isClosed(by, dead.id)) return [];
    const tail = await readTail(by, dead.id);
    if (tail === undefined) return [];
    const doubt = dead.inDoubt?.after;
    const committed =
      doubt !== undefined && tail.seq >= doubt.seq && (await holds(by, dead.id, doubt));
    const head = committed ? doubt : dead.head;
    if (head.seq === 0) return [];
    const outcomes = committed ? lost.map((call) => unknownOutcome(by, call, nowMs)) : [];
    return [by.closing(dead.id, head, reason), ...outcomes];
  });

const holds = async (by: Chain, chain: string, head: ChainHead): Promise<boolean> => {
  const rows = await by.connection.query(
    `SELECT 1 FROM ledger_entry WHERE chain = $1 AND seq = $2 AND hash = decode($3, 'hex')`,
    [chain, head.seq, head.hash],
  );
  return rows.length > 0;
};
