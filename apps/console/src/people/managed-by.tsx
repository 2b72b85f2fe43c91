import type { Ref } from '../api/types.js';
import { useMay } from '../session/session-store.js';
import { To } from '../shared/links.js';

/** Who says who somebody is: a SCIM connection, or people here. */
export const ManagedBy = ({ connection }: { connection: Ref | null }) => {
  const may = useMay();
  if (connection === null) return <>added here</>;
  if (!may('read', 'ScimConnection')) return <>SCIM, {connection.name}</>;
  return (
    <>
      SCIM, <To to={`/scim-connections/${connection.id}`}>{connection.name}</To>
    </>
  );
};
