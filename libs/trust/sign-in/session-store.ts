import type { Request } from 'express';

/** express-session's callbacks as the two ends of a promise. */
const settle =
  (resolve: () => void, reject: (error: Error) => void) =>
  (error: unknown): void => {
    if (error === undefined || error === null) resolve();
    else reject(error as Error);
  };

/** Begins an empty session under a new id. */
export const renewSession = (request: Request): Promise<void> =>
  new Promise((resolve, reject) => {
    request.session.regenerate(settle(resolve, reject));
  });

/** Writes the session down now. */
export const saveSession = (request: Request): Promise<void> =>
  new Promise((resolve, reject) => {
    request.session.save(settle(resolve, reject));
  });

/** Destroys the session; its cookie finds nothing from then on. */
export const endSession = (request: Request): Promise<void> =>
  new Promise((resolve, reject) => {
    request.session.destroy(settle(resolve, reject));
  });
