import type { Tx } from '#libs/platform/db';

/**
 * Ends every console session of a person inside the caller's transaction; answers how many there were. A
 * request in progress with such a session cannot restore it.
 */
export const endSessionsOf = (tx: Tx, personId: string): Promise<number> =>
  tx.$executeRaw`DELETE FROM console_session WHERE sess->>'personId' = ${personId}`;

/** Ends every console session that began at this issuer inside the caller's transaction; answers how many. */
export const endSessionsOfIssuer = (tx: Tx, issuer: string): Promise<number> =>
  tx.$executeRaw`DELETE FROM console_session WHERE sess->>'issuer' = ${issuer}`;
