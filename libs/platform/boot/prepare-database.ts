import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { assertLedgerIsSafe, migrate } from '#libs/platform/db';
import { migrateQueue } from '#libs/platform/queue';

const PRISMA_DIR = dirname(createRequire(import.meta.url).resolve('#prisma/schema.prisma'));

/**
 * What every process does before anything else with its database: brings the schema and the grants up
 * when it was given the owner's URL, and then rejects a database that could lose or rewrite the ledger.
 */
export const prepareDatabase = async (urls: {
  applicationUrl: string;
  ownerUrl: string | null;
}): Promise<void> => {
  const { applicationUrl, ownerUrl } = urls;
  if (ownerUrl !== null) {
    const applicationRole = decodeURIComponent(new URL(applicationUrl).username);
    await migrate({ ownerUrl, applicationRole, prismaDir: PRISMA_DIR });
    await migrateQueue(ownerUrl, applicationRole);
  }
  await assertLedgerIsSafe(applicationUrl);
};
