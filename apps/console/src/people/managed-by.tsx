import type { Ref } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { TextLink } from '../shared/links.js';

/** Who says who somebody is: a SCIM connection, or people here. */
export const ManagedBy = ({ connection }: { connection: Ref | null }) => {
  const can = useCan();
  if (connection === null) return <>added here</>;
  if (!can('read', 'ScimConnection')) return <>SCIM, {connection.name}</>;
  return (
    <>
      SCIM, <TextLink to={`/scim-connections/${connection.id}`}>{connection.name}</TextLink>
    </>
  );
};
