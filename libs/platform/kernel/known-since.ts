/**
 * What an earlier step of a request's processing found out.
 * @throws Error where that step has not run: the order of the steps is wrong.
 */
export const knownSince = <T>(value: T | undefined, step: string): T => {
  if (value === undefined) throw new Error(`the step ${step} has not run`);
  return value;
};
