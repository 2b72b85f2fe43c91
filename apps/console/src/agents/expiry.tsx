import type { Agent } from '../api/types.js';
import { Badge } from '../shared/badge.js';
import { useNow } from '../shared/now.js';
import { Time } from '../shared/time.js';

/** When the agent expires, or that it did. */
export const Expiry = ({ agent: { expiresAt, state } }: { agent: Agent }) => {
  const now = useNow();
  if (expiresAt === null) return <>never</>;
  if (Date.parse(expiresAt) > now) return <Time at={expiresAt} isToCome />;
  return state === 'retired' ? (
    <Time at={expiresAt} />
  ) : (
    <>
      <Badge name="agent:expired" /> <Time at={expiresAt} />
    </>
  );
};
