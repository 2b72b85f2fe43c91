import type { Tx } from '#libs/platform/db';
import type { Actor, DomainError } from '#libs/platform/kernel';
import type { AnyCommand } from './any-command.js';
import { moveEpoch, type Performed } from './attempt.js';
import type { CommandRuntime } from './command-runtime.js';
import { retryOnDeadlock } from './retry-on-deadlock.js';

/** One of several commands that are committed at once. */
export interface BatchedCommand {
  command: AnyCommand;
  input: unknown;
}

/** What came of a step. */
export type BatchedResult = { output: unknown } | { error: DomainError };

const TIMEOUT_MS = 60_000;

/** Says what comes next, knowing what came of the steps before, until it answers null. */
export type NextCommand = (results: readonly BatchedResult[]) => BatchedCommand | null;

/**
 * Runs commands one after the other in one transaction: each with an entry of its own, a rejected one undone
 * alone, and the epoch moved once at the end. All of it is committed or, when this throws, none. `begin` is
 * asked again when PostgreSQL undid it all for a deadlock; `prepare` is what the transaction does before all
 * else.
 */
export const executeTogether = (
  runtime: CommandRuntime,
  actor: Actor,
  begin: () => NextCommand,
  prepare: (tx: Tx) => Promise<void> = () => Promise.resolve(),
): Promise<BatchedResult[]> =>
  retryOnDeadlock(() => attemptTogether(runtime, actor, begin(), prepare));

const attemptTogether = async (
  runtime: CommandRuntime,
  actor: Actor,
  next: NextCommand,
  prepare: (tx: Tx) => Promise<void>,
): Promise<BatchedResult[]> => {
  const first = next([]);
  if (first === null) return [];
  const work = async (tx: Tx) => {
    await prepare(tx);
    const results: BatchedResult[] = [];
    const entries = [];
    const moves: Performed<unknown>['moves'][] = [];
    for (let step: BatchedCommand | null = first; step !== null; step = next(results)) {
      const attempt = await step.command.executeIn(tx, actor, step.input);
      entries.push(attempt.entry);
      if (attempt.done) moves.push(attempt.moves);
      results.push(attempt.done ? { output: attempt.output } : { error: attempt.error });
    }
    return { result: results, entries, beforeAppend: (last: Tx) => moveEpoch(last, moves) };
  };
  const { result } = await runtime.writer.commitAll(runtime.db, work, { timeoutMs: TIMEOUT_MS });
  return result;
};
