import { DomainError } from '#libs/platform/kernel';

/** The ledger cannot be written: what waited for it must not continue (invariant A7). */
export const unavailable = (cause?: unknown): DomainError =>
  new DomainError(
    'unavailable',
    'The ledger cannot be written, so the request was not carried out. Try again in a moment.',
    { cause },
  );

/** More waits to be written than the ledger takes: the newcomer is turned away at once. */
export const overloaded = (): DomainError =>
  new DomainError(
    'unavailable',
    'Too many requests are waiting for the ledger. Try again in a moment, and less often.',
  );

/** A command's commit has no known result; it may have taken place. */
export const commitUnknown = (cause: unknown): DomainError =>
  new DomainError(
    'unavailable',
    'The connection to the database broke while the change was being saved. Look whether it took place before trying again.',
    { cause },
  );

/** The server said no: nothing was committed and the connection still holds. */
export class StatementError extends Error {
  override readonly name = 'StatementError';

  constructor(
    readonly sqlState: string,
    cause: unknown,
  ) {
    super(`PostgreSQL rejected a ledger statement (${sqlState})`, { cause });
  }
}
