import { UnsupportedOperationError } from '../errors.js';

export const leaveOut = (why: string): never => {
  throw new UnsupportedOperationError(why);
};
