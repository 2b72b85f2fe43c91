/** Why one operation cannot be a tool; the import leaves it out and reports this. */
export class UnsupportedOperationError extends Error {}

export const leaveOut = (why: string): never => {
  throw new UnsupportedOperationError(why);
};
