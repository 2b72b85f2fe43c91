import { Alert, Button } from '@mui/material';
import { useState } from 'react';
import type { AgentDetail } from '../api/types.js';
import { agentFacts } from '../sign-in/ability.js';
import { useCan } from '../sign-in/session-store.js';
import { Quoted } from '../shared/quoted.js';
import { ForbiddenHint } from '../shared/states.js';
import { Time } from '../shared/time.js';
import { AgentDialog } from './agent-dialogs.js';

/** What keeps the agent from calling, or will, before anything else about it. */
export const AgentBanners = ({ agent }: { agent: AgentDetail }) => {
  const { state, stateReason, retiredAt, orphanedAt, inheritedAt } = agent;
  const because = stateReason !== null && (
    <>
      {' '}
      Reason: <Quoted text={stateReason} max={300} />
    </>
  );
  if (state === 'retired') {
    return (
      <Alert severity="info">
        Retired
        {retiredAt !== null && (
          <>
            {' '}
            <Time at={retiredAt} />
          </>
        )}
        , for good: it can never call again, and its name is never used for another agent.{because}
      </Alert>
    );
  }
  return (
    <>
      {state === 'suspended' && (
        <Alert severity="warning">
          Suspended{agent.stoppedBySecurity && ' by security, which alone activates it again'}:
          every call of this agent is rejected.{because}
        </Alert>
      )}
      {orphanedAt !== null && <Orphaned agent={agent} since={orphanedAt} />}
      {inheritedAt !== null && <Inherited agent={agent} since={inheritedAt} />}
    </>
  );
};

const Orphaned = ({ agent, since }: { agent: AgentDetail; since: string }) => {
  const canChange = useCan()('change', 'Agent', agentFacts(agent));
  const [isAsking, setAsking] = useState(false);
  return (
    <Alert
      severity="error"
      action={
        canChange ? (
          <Button color="inherit" variant="outlined" onClick={() => setAsking(true)}>
            Reassign…
          </Button>
        ) : undefined
      }
    >
      <strong>Orphaned</strong> since <Time at={since} />: its owner {agent.owner.name} is gone, and
      nobody answers for it. Give it a new owner, or suspend or retire it.{' '}
      {!canChange && <ForbiddenHint action="change" subject="Agent" what="reassign it" />}
      {isAsking && <AgentDialog act="reassign" agent={agent} onClose={() => setAsking(false)} />}
    </Alert>
  );
};

/** Its team's rule made somebody the owner, and nobody has agreed to them. */
const Inherited = ({ agent, since }: { agent: AgentDetail; since: string }) => {
  const canChange = useCan()('change', 'Agent', agentFacts(agent));
  const [isAsking, setAsking] = useState(false);
  return (
    <Alert
      severity="info"
      action={
        canChange ? (
          <Button
            color="inherit"
            variant="outlined"
            sx={{ whiteSpace: 'nowrap' }}
            onClick={() => setAsking(true)}
          >
            Confirm the owner…
          </Button>
        ) : undefined
      }
    >
      {agent.owner.name} owns it by its team’s rule, since <Time at={since} />: the owner before
      left. They answer for it, and confirm no change of it until security has agreed to them.
      {isAsking && <AgentDialog act="reassign" agent={agent} onClose={() => setAsking(false)} />}
    </Alert>
  );
};
