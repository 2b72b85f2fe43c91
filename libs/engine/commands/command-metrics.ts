import { counter, durationHistogram } from '#libs/platform/telemetry';
import { DomainError } from '#libs/platform/kernel';
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

/** Measures one execution of a command. */
export const observeCommand = async <T>(command: string, work: () => Promise<T>): Promise<T> => {
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
