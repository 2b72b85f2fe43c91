import type { Database, Tx } from '#libs/platform/db';
import { INDISPENSABLE_ROLES, hasHolder } from '#libs/directory/people';

/** Tries before a code is void. */
export const ATTEMPTS = 10;
/** How long a code lasts. */
export const LIFETIME_HOURS = 24;
/** The table has one row at most. */
export const SETUP_ID = 1;

/** The setup code as it is kept. */
export interface KeptCode {
  codeHash: Uint8Array;
  expiresAt: Date;
  failures: number;
  usedAt: Date | null;
}

/** Loads the code and holds it, so that tries follow each other however many come at once. */
export const lockSetupCode = async (tx: Tx): Promise<KeptCode | null> => {
  await tx.$queryRaw`SELECT 1 FROM setup_code WHERE id = ${SETUP_ID} FOR UPDATE`;
  return tx.setupCode.findUnique({ where: { id: SETUP_ID } });
};

/** Whether a code can still make an owner. */
export const isValid = (code: KeptCode | null, now: Date): code is KeptCode =>
  code !== null && code.usedAt === null && code.failures < ATTEMPTS && code.expiresAt > now;

/** Whether nobody active holds one of the roles without which nobody can put anything right. */
export const isVacant = async (db: Database | Tx): Promise<boolean> => {
  for (const role of INDISPENSABLE_ROLES) if (!(await hasHolder(db, role))) return true;
  return false;
};
