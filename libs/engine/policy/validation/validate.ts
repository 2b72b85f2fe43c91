import type { JsonObject } from '#libs/platform/kernel';
import { TaskTooLongError, ThreadPool } from '#libs/platform/threads';
import type { TextToRead } from '../compile/read-call-rules.js';
import type { CallRule } from '../compile/call-rules.js';
import { exceedsLimits } from '../arguments/schema-limits.js';
import { problem } from '../yaml/problem.js';
import type {
  CheckedPolicyText,
  ExtendedText,
  PolicyTextToCheck,
  TextToExtend,
  TextToShow,
  VALIDATION_TASKS,
  ValidationTask,
} from './validation-tasks.js';

const WORKER = new URL('./validation-worker.js', import.meta.url);

// For the process; each starts its first thread when there is something to do. Who has many texts checked
// must not keep others, or a gateway, from reading what is in force.
const checks = new ThreadPool(WORKER);
const reads = new ThreadPool(WORKER, { maxThreads: 1, maxWaiting: 10_000 });

/** Starts a thread of each pool: the first request must not wait, in a transaction perhaps, until it is there. */
export const startValidation = async (): Promise<void> => {
  await Promise.all([checks.start(), reads.start()]);
};

type Tasks = typeof VALIDATION_TASKS;

const run = async <T extends ValidationTask>(
  pool: ThreadPool,
  task: T,
  input: Parameters<Tasks[T]>[0],
): Promise<ReturnType<Tasks[T]>> => (await pool.run(task, input)) as ReturnType<Tasks[T]>;

const TOO_LONG =
  'Checking this text takes too long: make it shorter, or part it into several policies.';

/** Reads a policy text and checks it against what there is, off the event loop and within a deadline. */
export async function checkPolicyText(input: PolicyTextToCheck): Promise<CheckedPolicyText> {
  try {
    return await run(checks, 'checkPolicyText', input);
  } catch (error) {
    if (!(error instanceof TaskTooLongError)) throw error;
    const problems = [problem({ line: 1, column: 1 }, 'error', TOO_LONG)];
    return { rules: null, bindings: [], problems };
  }
}

/** The rules of a published text, read off the event loop; null when it cannot be read. */
export const readPublishedText = (input: TextToRead): Promise<CallRule[] | null> =>
  run(reads, 'readPublishedText', input);

/** A published text with one more rule, written off the event loop; null when every name for it is taken. */
export const extendPolicyText = (input: TextToExtend): Promise<ExtendedText | null> =>
  run(reads, 'extendText', input);

/**
 * A text with the names of today in place of those that it was written with, written off the event loop; as it
 * was written where that takes too long.
 */
export async function writeCurrentNames(input: TextToShow): Promise<string> {
  try {
    return await run(checks, 'writeNames', input);
  } catch (error) {
    if (!(error instanceof TaskTooLongError)) throw error;
    return input.text;
  }
}

/** Why a tool's input schema is rejected, found off the event loop and within a deadline; empty: it is not. */
export async function checkInputSchema(schema: JsonObject): Promise<string[]> {
  const tooMuch = exceedsLimits(schema);
  if (tooMuch !== null) return [tooMuch];
  try {
    return await run(checks, 'checkInputSchema', schema);
  } catch (error) {
    if (!(error instanceof TaskTooLongError)) throw error;
    return ['Checking it takes too long.'];
  }
}
