import { counter, durationHistogram, withSpan } from '#libs/platform/telemetry';
import { DomainError, type Actor } from '#libs/platform/kernel';
import { ChangeProposedError } from './second-person/second-person.js';

const duration = durationHistogram('command_duration', 'How long commands take.', ['command']);
const outcomes = counter(
  'commands',
  'Commands by outcome: succeeded, proposed, or the error code.',
  ['command', 'outcome'],
);

const outcomeOf = (error: unknown): string => {
  if (error instanceof ChangeProposedError) return 'proposed';
  return error instanceof DomainError ? error.code : 'internal';
};

/** Traces, measures and counts one execution of a command, or the confirmation of one. */
export const observeCommand = <T>(
  command: string,
  actor: Actor,
  work: () => Promise<T>,
  verb: 'command' | 'confirm' = 'command',
): Promise<T> =>
  withSpan(`${verb} ${command}`, { 'command.name': command, 'actor.kind': actor.kind }, () =>
    measured(command, work),
  );

const measured = async <T>(command: string, work: () => Promise<T>): Promise<T> => {
  const stop = duration.startTimer({ command });
  try {
    const result = await work();
    outcomes.inc({ command, outcome: 'succeeded' });
    return result;
  } catch (error) {
    outcomes.inc({ command, outcome: outcomeOf(error) });
    throw error;
  } finally {
    stop();
  }
};
