import { Box } from '@mui/material';
import type { Call, CallDetail } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { CopyableId } from '../shared/copyable.js';
import { AgentLink, listPath, TextLink } from '../shared/links.js';

const IDENTIFIED_BY_LABELS: Readonly<Record<NonNullable<Call['identifiedBy']>, string>> = {
  subject_binding: 'its token’s subject',
  client_binding: 'the client in which the person signed in',
  own_token: 'a token of this Gatehouse',
  subject_token: 'a token about the person beside its own',
  delegation: 'an active delegation of the person',
};

/** The person whom the call was for, leading to the other calls for them. */
export const OnBehalfOf = ({ call: { person } }: { call: Call }) =>
  person === null ? (
    <>itself</>
  ) : (
    <TextLink
      to={listPath('calls', { personId: person.id })}
      title="Calls on behalf of this person"
    >
      {person.name}
    </TextLink>
  );

/** The agents between this one and the person, the latest first. */
export const ThroughAgents = ({ call: { actors } }: { call: CallDetail }) => {
  // One may be there twice.
  const others = new Map(actors.slice(1).map((agent) => [agent.id, agent]));
  if (others.size === 0) return <>none</>;
  return (
    <Box sx={{ display: 'flex', gap: 1 }}>
      {[...others.values()].map((agent) => (
        <AgentLink key={agent.id} agent={agent} />
      ))}
    </Box>
  );
};

/** What named the agent, and what proved the person. */
export const IdentifiedBy = ({
  call: { identifiedBy, delegationId, person, agent },
}: {
  call: CallDetail;
}) => {
  const canRead = useCan()('read', 'Delegation');
  if (identifiedBy === null) return <>none was recorded</>;
  const words = IDENTIFIED_BY_LABELS[identifiedBy];
  if (delegationId === null || person === null) return <>{words}</>;
  const path = listPath('delegations', { personId: person.id, agentId: agent.id });
  return (
    <>
      {identifiedBy === 'delegation' ? '' : `${words}, by `}
      {canRead ? <TextLink to={path}>an active delegation</TextLink> : 'an active delegation'}{' '}
      <CopyableId id={delegationId} keep={13} />
    </>
  );
};

/** The binding that the agent was named by. */
export const BoundTo = ({ call: { binding } }: { call: CallDetail }) => {
  if (binding === null) return <>no binding was recorded</>;
  if (binding.issuer === null) {
    return (
      <>
        its own key <CopyableId id={binding.subject} />
      </>
    );
  }
  return (
    <>
      <CopyableId id={binding.issuer} />, <CopyableId id={binding.subject} />
    </>
  );
};
