import type { AccessRequest } from '../api/types.js';
import { Badge } from '../shared/badge.js';
import { useNow } from '../shared/now.js';

/** Where a request stands; an access grant that is over is not one any more. */
export const RequestState = ({ request: { state, grant } }: { request: AccessRequest }) => {
  const now = useNow();
  const isOver =
    state === 'granted' &&
    grant !== null &&
    (grant.endedAt !== null || Date.parse(grant.expiresAt) <= now);
  return <Badge name={isOver ? 'request:ended' : `request:${state}`} />;
};
