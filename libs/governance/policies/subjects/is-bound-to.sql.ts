import type { Tx } from '#libs/platform/db';
import type { NamedKind } from '#libs/engine/policy';

/** Whether an active version has a name that is bound to this. */
export const isBoundTo = async (tx: Tx, kind: NamedKind, id: string): Promise<boolean> => {
  const wanted = JSON.stringify([{ kind, id }]);
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM policy_version WHERE state = 'active' AND bindings @> ${wanted}::jsonb LIMIT 1`;
  return found.length > 0;
};
