import { PRIVILEGED_ROLES } from '#libs/engine/actors';
import type { Tx } from '#libs/platform/db';
import { ROLES, type Role } from '#libs/platform/kernel';
import { z } from 'zod';

const rowSchema = z.object({ role: z.enum(ROLES) });

/**
 * The privileged roles that a token of this connection reaches: it decides who is in the groups that give them, and
 * what is said of the people who hold them. People whom it deactivated count: it can take them back.
 */
export const privilegedRolesReached = async (tx: Tx, connectionId: string): Promise<Role[]> => {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT mapping.role::text FROM group_mapping mapping
      JOIN people_group given ON given.id = mapping.group_id
      WHERE mapping.state = 'active' AND given.connection_id = ${connectionId}::uuid
    UNION SELECT held.role::text FROM person_role held
      JOIN scim_user known ON known.person_id = held.person_id
      WHERE known.connection_id = ${connectionId}::uuid
    UNION SELECT mapping.role::text FROM group_mapping mapping
      JOIN group_member member ON member.group_id = mapping.group_id
      JOIN scim_user known ON known.person_id = member.person_id
      WHERE mapping.state = 'active' AND known.connection_id = ${connectionId}::uuid`;
  const held = new Set(
    z
      .array(rowSchema)
      .parse(rows)
      .map(({ role }) => role),
  );
  return ROLES.filter((role) => held.has(role) && PRIVILEGED_ROLES.has(role));
};
