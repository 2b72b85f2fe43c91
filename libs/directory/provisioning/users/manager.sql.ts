import { Prisma } from '#libs/platform/db';
import { ENTERPRISE_URN } from '../schema/user.js';

const value = Prisma.sql`(u.attributes #>> ${[ENTERPRISE_URN, 'manager', 'value']}::text[])`;

/** Who a User's manager is, if they are a User of the same connection: `m`, and as a person `mp`. */
export const fromManager = Prisma.sql`FROM scim_user m JOIN person mp ON mp.id = m.person_id
  WHERE m.connection_id = u.connection_id AND m.person_id = CASE
    WHEN ${value} ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN ${value}::uuid END`;
