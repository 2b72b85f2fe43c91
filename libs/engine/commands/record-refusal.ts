import type { SubjectName } from '#libs/platform/access';
import { DomainError, type Actor } from '#libs/platform/kernel';
import type { CommandRuntime } from './command-runtime.js';
import { refusedEntry } from './command-entry.js';

/** What was refused, to whom, and why. */
export interface Refusal {
  /** The command's name, or {@link REFUSED_REQUEST}. */
  name: string;
  subject: SubjectName;
  subjectId: string | null;
  actor: Actor;
  error: DomainError;
}

/** The entry type of a person's write that was refused before it reached a command. */
export const REFUSED_REQUEST = 'refused-request';

/**
 * Records a refusal in a transaction of its own.
 * @throws DomainError `unavailable` when it cannot be recorded: then it is not answered as a refusal.
 */
export const recordRefusal = async (runtime: CommandRuntime, refusal: Refusal): Promise<void> => {
  const { actor, error, subjectId } = refusal;
  try {
    await runtime.writer.commit(runtime.db, async (tx) => {
      const person =
        actor.kind === 'person'
          ? await tx.person.findUnique({ where: { id: actor.id }, select: { email: true } })
          : null;
      const entry = refusedEntry(refusal, actor, person?.email ?? null, error, subjectId);
      return { result: undefined, entry };
    });
  } catch (unrecorded) {
    const cause = new AggregateError([error, unrecorded], 'a refusal could not be recorded');
    throw new DomainError('unavailable', unrecordedMessage(error), { cause });
  }
};

// A commit whose result is unknown is `unavailable` already, and says what to look for.
const unrecordedMessage = (refusal: DomainError): string =>
  refusal.code === 'unavailable'
    ? refusal.message
    : 'The ledger cannot be written just now, so nothing was done. Try again.';
