import type { SubjectName } from '#libs/platform/access';
import { DomainError, type Actor } from '#libs/platform/kernel';
import type { CommandRuntime } from './command-runtime.js';
import { rejectedEntry } from './command-entry.js';

/** What was rejected, to whom, and why. */
export interface Rejection {
  /** The command's name, or {@link REJECTED_REQUEST}. */
  name: string;
  subject: SubjectName;
  subjectId: string | null;
  actor: Actor;
  error: DomainError;
}

/** The entry type of a person's write that was rejected before it reached a command. */
export const REJECTED_REQUEST = 'rejected-request';

/**
 * Records a rejection in a transaction of its own.
 * @throws DomainError `unavailable` when it cannot be recorded: then it is not answered as a rejection.
 */
export const recordRejection = async (
  runtime: CommandRuntime,
  rejection: Rejection,
): Promise<void> => {
  const { actor, error, subjectId } = rejection;
  try {
    await runtime.writer.commit(runtime.db, async (tx) => {
      const person =
        actor.kind === 'person'
          ? await tx.person.findUnique({ where: { id: actor.id }, select: { email: true } })
          : null;
      const entry = rejectedEntry(rejection, actor, person?.email ?? null, error, subjectId);
      return { result: undefined, entry };
    });
  } catch (unrecorded) {
    const cause = new AggregateError([error, unrecorded], 'a rejection could not be recorded');
    throw new DomainError('unavailable', unrecordedMessage(error), { cause });
  }
};

// A commit whose result is unknown is `unavailable` already, and says what to look for.
const unrecordedMessage = (rejection: DomainError): string =>
  rejection.code === 'unavailable'
    ? rejection.message
    : 'The ledger cannot be written just now, so nothing was done. Try again.';
