import { Button } from '@mui/material';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { AgentDetail } from '../api/types.js';
import { agentFacts } from '../session/ability.js';
import { useMay } from '../session/session-store.js';
import { NotYours } from '../shared/states.js';
import { AgentDialog, type AgentAct } from './agent-dialogs.js';

/** What the agent's state and the reader's role allow; the red ones last. */
export const AgentActions = ({ agent }: { agent: AgentDetail }) => {
  const may = useMay();
  const [asking, setAsking] = useState<AgentAct | null>(null);
  const facts = agentFacts(agent);
  const { state } = agent;
  if (state === 'retired') return null;
  const mayChange = may('change', 'Agent', facts);
  const mayActivate = may('activate', 'Agent', facts);
  const maySuspend = may('suspend', 'Agent', facts);

  return (
    <>
      {state === 'draft' && mayActivate && (
        <Button component={Link} to={`/agents/${agent.id}/set-up`} variant="contained">
          Go on setting up
        </Button>
      )}
      {state === 'suspended' && mayActivate && (
        <Button variant="contained" onClick={() => setAsking('activate')}>
          Activate…
        </Button>
      )}
      {mayChange && (
        <>
          <Button component={Link} to={`/agents/${agent.id}/change`}>
            Change…
          </Button>
          <Button onClick={() => setAsking('reassign')}>Reassign…</Button>
        </>
      )}
      {maySuspend && state !== 'draft' && (
        <Button color="error" onClick={() => setAsking('cut')}>
          Cut tokens…
        </Button>
      )}
      {maySuspend && state === 'active' && (
        <Button color="error" onClick={() => setAsking('suspend')}>
          Suspend…
        </Button>
      )}
      {may('retire', 'Agent', facts) && (
        <Button variant="contained" color="error" onClick={() => setAsking('retire')}>
          Retire…
        </Button>
      )}
      <Others mayChange={mayChange} maySuspend={maySuspend || state === 'draft'} />
      {asking !== null && (
        <AgentDialog act={asking} agent={agent} onClose={() => setAsking(null)} />
      )}
    </>
  );
};

/** Who can do what the reader may not, in one line. */
const Others = ({ mayChange, maySuspend }: { mayChange: boolean; maySuspend: boolean }) => {
  if (!mayChange) {
    return (
      <>
        {!maySuspend && <NotYours action="suspend" subject="Agent" what="suspend it" />}
        <NotYours action="change" subject="Agent" what="activate, change or retire it" />
      </>
    );
  }
  return maySuspend ? null : <NotYours action="suspend" subject="Agent" what="suspend it" />;
};
