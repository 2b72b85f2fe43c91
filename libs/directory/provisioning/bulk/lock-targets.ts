import { takeAdvisoryLock, type Tx } from '#libs/platform/db';
import { isUuid } from '#libs/platform/kernel';

const ID = /^\/[A-Za-z]+\/([^/]+)$/;

/** The resources that a request's operations name, each once; what cannot be read is an operation's own failure. */
export const targetsOf = (operations: readonly unknown[]): string[] => {
  const ids = operations.flatMap((one) => {
    const path = typeof one === 'object' && one !== null && 'path' in one ? one.path : null;
    const id = typeof path === 'string' ? ID.exec(path)?.[1]?.toLowerCase() : undefined;
    return id !== undefined && isUuid(id) ? [id] : [];
  });
  return [...new Set(ids)];
};

/**
 * Locks what a bulk request will change before it changes any of it, in one order whatever the order of its
 * operations: groups, people, Users, each by id, as single commands do. Bulk requests of other replicas wait.
 */
export const lockTargets = async (
  tx: Tx,
  connectionId: string,
  ids: readonly string[],
): Promise<void> => {
  await takeAdvisoryLock(tx, 'bulkProvisioning');
  if (ids.length === 0) return;
  const given = [...ids];
  await tx.$queryRaw`SELECT 1 FROM people_group
    WHERE id = ANY(${given}::uuid[]) AND connection_id = ${connectionId}::uuid ORDER BY id FOR UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM person
    WHERE id IN (SELECT person_id FROM scim_user
      WHERE person_id = ANY(${given}::uuid[]) AND connection_id = ${connectionId}::uuid)
    ORDER BY id FOR NO KEY UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM scim_user
    WHERE person_id = ANY(${given}::uuid[]) AND connection_id = ${connectionId}::uuid
    ORDER BY person_id FOR UPDATE`;
};
