import { Box } from '@mui/material';
import type { RoleHolder } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { TextLink } from '../shared/links.js';
import { CopyableTime, Time } from '../shared/time.js';

/** Why somebody has a role, since when, and whether it is valid for approvals. */
export const RoleSourceText = ({ source }: { source: Omit<RoleHolder, 'person'> }) => {
  const { since, expiresAt, isCoolingOff } = source;
  return (
    <Box>
      <Box>
        <GivenBy source={source} />, <CopyableTime at={since} />
      </Box>
      {source.via === 'emergency' && expiresAt !== null && (
        <Box>
          Until <Time at={expiresAt} isToCome />
        </Box>
      )}
      {isCoolingOff && (
        <Box>
          <Badge name="approves:false" />{' '}
          {source.via !== 'emergency' && 'yet: the role is in its cooling-off period'}
        </Box>
      )}
    </Box>
  );
};

const GivenBy = ({ source }: { source: Omit<RoleHolder, 'person'> }) => {
  const can = useCan();
  const { via, assignedBy, group } = source;
  if (via === 'emergency') return <>Emergency access</>;
  if (via === 'group') {
    if (group === null) return <>By a group</>;
    return (
      <>
        Member of{' '}
        {can('read', 'Group') ? (
          <TextLink to={`/groups/${group.id}`}>{group.name}</TextLink>
        ) : (
          group.name
        )}
      </>
    );
  }
  if (assignedBy === null) return <>Assigned by the system</>;
  return (
    <>
      Assigned by{' '}
      {can('read', 'Person') ? (
        <TextLink to={`/people/${assignedBy.id}`}>{assignedBy.name}</TextLink>
      ) : (
        assignedBy.name
      )}
    </>
  );
};
