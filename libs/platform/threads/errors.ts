/** A task took more CPU time, time or memory than it may; it was stopped. */
export class TaskTooLongError extends Error {
  override readonly name = 'TaskTooLongError';
}
