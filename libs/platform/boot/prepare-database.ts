import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Config } from '#libs/platform/config';
import {
  assertLedgerIsSafe,
  compareRights,
  migrate,
  processesByRole,
  rightsOf,
  type ProcessName,
} from '#libs/platform/db';
import { firstNames } from '#libs/platform/kernel';
import { migrateQueue } from '#libs/platform/queue';
import type { Logger } from '#libs/platform/telemetry';

const PRISMA_DIR = dirname(createRequire(import.meta.url).resolve('#prisma/schema.prisma'));
const NAMED = 5;

/**
 * What every process does before anything else with its database: brings the schema and the rights up
 * when it was given the owner's URL. Rejects a database that could lose or rewrite the ledger, and a role
 * that lacks what these processes use; warns of one that may do more.
 */
export const prepareDatabase = async (
  config: Pick<Config, 'databaseUrl' | 'migrateDatabaseUrl' | 'databaseRoles'>,
  { processes, logger }: { processes: readonly ProcessName[]; logger: Pick<Logger, 'warn'> },
): Promise<void> => {
  const { databaseUrl, migrateDatabaseUrl } = config;
  if (migrateDatabaseUrl !== null) await migrateAll(config, migrateDatabaseUrl);
  await assertLedgerIsSafe(databaseUrl);
  const { role, excess, missing } = await compareRights(databaseUrl, processes);
  if (missing.length > 0)
    throw new Error(
      `The role ${role} in DATABASE_URL may not ${firstNames(missing, NAMED)}: start one process with MIGRATE_DATABASE_URL and this role in DATABASE_ROLE_${processes.join(' or DATABASE_ROLE_').toUpperCase()} (docs/operations.md).`,
    );
  if (excess.length > 0)
    logger.warn(
      { role, mayAlso: firstNames(excess, NAMED) },
      `the role in DATABASE_URL may do more than ${processes.join(', ')} uses: give each process a role of its own (docs/operations.md)`,
    );
};

const migrateAll = async (
  { databaseUrl, databaseRoles: roles }: Parameters<typeof prepareDatabase>[0],
  ownerUrl: string,
): Promise<void> => {
  const sharedRole = decodeURIComponent(new URL(databaseUrl).username);
  await migrate({ ownerUrl, roles, sharedRole, prismaDir: PRISMA_DIR });
  const queueing = [...processesByRole(roles, sharedRole)]
    .filter(([, names]) => rightsOf(names).queue)
    .map(([role]) => role);
  await migrateQueue(ownerUrl, queueing);
};
