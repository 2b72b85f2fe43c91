import type { Json, JsonObject } from '#libs/platform/kernel';
import { TaskTooLongError, ThreadPool } from '#libs/platform/threads';
import type { Meter } from '../arguments/argument-ajv.js';
import {
  bindAgain,
  bindFirst,
  type BoundArguments,
  type Filling,
  type SecondLook,
} from '../arguments/bind-value.js';
import { loadValidator } from '../arguments/validator-code.js';
import { WorkBudget } from '../conditions/work-budget.js';
import type { VALIDATION_TASKS } from './validation-tasks.js';

const WORKER = new URL('./validation-worker.js', import.meta.url);

// Of its own: an upstream's schemas must not keep a gateway from reading the policies that are in force.
const compiles = new ThreadPool(WORKER, { maxThreads: 1, maxWaiting: 10_000 });

/** Starts the thread: the first call of a gateway must not wait for it. */
export const startPreparing = (): Promise<void> => compiles.start();

/** Binds arguments by a schema that was compiled in a thread. */
export interface PreparedArguments {
  /** As `ArgumentBinder.bind`; what is wrong with arguments may have to be compiled first. */
  bind(value: Json): BoundArguments | Promise<BoundArguments>;
}

/**
 * Compiles a pinned schema off the event loop (invariant P13); null when it cannot be used.
 * @throws DomainError `unavailable` when too many wait
 */
export async function prepareArguments(schema: JsonObject): Promise<PreparedArguments | null> {
  const look = await compiled('compileArguments', schema);
  if (look === null) return null;
  const meter: Meter = { work: new WorkBudget() };
  const first = loaded(look.first, meter);
  let second: Promise<SecondLook | null> | undefined;
  return {
    bind: (value) => {
      const bound = bindFirst(value, first, meter);
      if ('ok' in bound) return bound;
      second ??= compileSecondLook(look.enforced, meter);
      return second.then((found) =>
        found === null
          ? { ok: false, problems: bound.problems }
          : bindAgain(value, bound, found, meter),
      );
    },
  };
}

/** What a pinned schema is advertised as, off the event loop; null when it cannot be used. */
export const advertiseArguments = (schema: JsonObject): Promise<JsonObject | null> =>
  compiled('advertiseArguments', schema);

const compileSecondLook = async (
  enforced: JsonObject,
  meter: Meter,
): Promise<SecondLook | null> => {
  const look = await compiled('compileSecondLook', enforced);
  if (look === null) return null;
  return {
    attempts: look.attempts.map((one) => loaded(one, meter)),
    report: loadValidator(look.report, meter),
  };
};

const loaded = ({ validate, fills }: Filling<string>, meter: Meter): Filling => ({
  validate: loadValidator(validate, meter),
  fills,
});

type Tasks = typeof VALIDATION_TASKS;

const compiled = async <T extends 'advertiseArguments' | 'compileArguments' | 'compileSecondLook'>(
  task: T,
  schema: JsonObject,
): Promise<ReturnType<Tasks[T]> | null> => {
  try {
    return (await compiles.run(task, schema)) as ReturnType<Tasks[T]>;
  } catch (error) {
    if (error instanceof TaskTooLongError) return null;
    throw error;
  }
};
