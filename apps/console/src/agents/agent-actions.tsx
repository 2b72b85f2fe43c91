import { Button } from '@mui/material';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { AgentDetail } from '../api/types.js';
import { agentFacts } from '../sign-in/ability.js';
import { useCan, useStopsForSecurity } from '../sign-in/session-store.js';
import { ForbiddenHint } from '../shared/states.js';
import { AgentDialog, type AgentAct } from './agent-dialogs.js';

/** What the agent's state and the reader's role allow; the red ones last. */
export const AgentActions = ({ agent }: { agent: AgentDetail }) => {
  const can = useCan();
  const stopsForSecurity = useStopsForSecurity();
  const [asking, setAsking] = useState<AgentAct | null>(null);
  const facts = agentFacts(agent);
  const { state } = agent;
  if (state === 'retired') return null;
  const canChange = can('change', 'Agent', facts);
  const canActivate = can('activate', 'Agent', facts);
  const canSuspend = can('suspend', 'Agent', facts);

  return (
    <>
      {state === 'draft' && canActivate && (
        <Button component={Link} to={`/agents/${agent.id}/set-up`} variant="contained">
          Go on setting up
        </Button>
      )}
      {state === 'suspended' && canActivate && (
        <Button variant="contained" onClick={() => setAsking('activate')}>
          Activate…
        </Button>
      )}
      {canChange && (
        <>
          <Button component={Link} to={`/agents/${agent.id}/change`}>
            Change…
          </Button>
          <Button onClick={() => setAsking('reassign')}>Reassign…</Button>
        </>
      )}
      {canSuspend && state !== 'draft' && (
        <Button color="error" onClick={() => setAsking('revokeTokens')}>
          Revoke tokens…
        </Button>
      )}
      {canSuspend && state === 'active' && (
        <Button color="error" onClick={() => setAsking('suspend')}>
          Suspend…
        </Button>
      )}
      {canSuspend && state === 'suspended' && stopsForSecurity && !agent.stoppedBySecurity && (
        <Button color="error" onClick={() => setAsking('suspendForSecurity')}>
          Suspend for security…
        </Button>
      )}
      {can('retire', 'Agent', facts) && (
        <Button variant="contained" color="error" onClick={() => setAsking('retire')}>
          Retire…
        </Button>
      )}
      <Others canChange={canChange} canSuspend={canSuspend || state === 'draft'} />
      {asking !== null && (
        <AgentDialog act={asking} agent={agent} onClose={() => setAsking(null)} />
      )}
    </>
  );
};

/** Who can do what the reader may not, in one line. */
const Others = ({ canChange, canSuspend }: { canChange: boolean; canSuspend: boolean }) => {
  if (!canChange) {
    return (
      <>
        {!canSuspend && <ForbiddenHint action="suspend" subject="Agent" what="suspend it" />}
        <ForbiddenHint action="change" subject="Agent" what="activate, change or retire it" />
      </>
    );
  }
  return canSuspend ? null : <ForbiddenHint action="suspend" subject="Agent" what="suspend it" />;
};
