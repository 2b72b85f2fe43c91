import { applyMigrations } from './schema-engine.js';
import { grantApplicationRole } from './grants.js';
import { assertNotPreRelease } from './pre-release.js';

/** What {@link migrate} needs: the owner's connection, the application's role, where `prisma/` is. */
export interface MigrateOptions {
  ownerUrl: string;
  applicationRole: string;
  prismaDir: string;
}

/**
 * Brings the database to this version's schema and the application's role to its rights. Safe to run
 * again; answers the names of the migrations it applied.
 * @throws DomainError `precondition_failed` for a database of a pre-release build, which stays as it is.
 */
export const migrate = async (options: MigrateOptions): Promise<string[]> => {
  await assertNotPreRelease(options.ownerUrl, options.prismaDir);
  const applied = await applyMigrations(options.ownerUrl, options.prismaDir);
  await grantApplicationRole(options.ownerUrl, options.applicationRole);
  return applied;
};
