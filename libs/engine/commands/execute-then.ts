import { DomainError, type Actor } from '#libs/platform/kernel';
import type { AnyCommand } from './any-command.js';
import type { CommandRuntime } from './command-runtime.js';
import { executeTogether, type BatchedCommand } from './execute-together.js';

/** A command with what it answers. */
type Answering<Output> = Omit<AnyCommand, 'execute'> & {
  execute(actor: Actor, input: unknown): Promise<Output>;
};

/**
 * Runs a command, and then another by what it answers, in one transaction and with an entry of each. What the first
 * did stays when the second is rejected.
 */
export const executeThen = async <Output>(
  runtime: CommandRuntime,
  actor: Actor,
  first: { command: Answering<Output>; input: unknown },
  next: (output: Output) => BatchedCommand,
): Promise<Output> => {
  const [done] = await executeTogether(runtime, actor, () => (results) => {
    const [result, ...others] = results;
    if (result === undefined) return first;
    return others.length === 0 && 'output' in result ? next(result.output as Output) : null;
  });
  if (done === undefined) throw new DomainError('internal', 'No command was run.');
  if ('error' in done) throw done.error;
  return done.output as Output;
};
