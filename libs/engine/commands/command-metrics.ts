import { counter, durationHistogram } from '#libs/platform/telemetry';
import { DomainError } from '#libs/platform/kernel';

const duration = durationHistogram('command_duration', 'How long commands take.', ['command']);
const outcomes = counter('commands', 'Commands by outcome: succeeded, or the error code.', [
  'command',
  'outcome',
]);

/** Measures one execution of a command. */
export const observeCommand = async <T>(command: string, work: () => Promise<T>): Promise<T> => {
  const stop = duration.startTimer({ command });
  try {
    const result = await work();
    outcomes.inc({ command, outcome: 'succeeded' });
    return result;
  } catch (error) {
    outcomes.inc({ command, outcome: error instanceof DomainError ? error.code : 'internal' });
    throw error;
  } finally {
    stop();
  }
};
