import { Button } from '@mui/material';
import { useState } from 'react';
import { useNotify, useRefresh } from 'react-admin';
import { Link } from 'react-router-dom';
import type { AgentDetail } from '../api/types.js';
import { agentFacts } from '../session/ability.js';
import { useMay } from '../session/session-store.js';
import { ReasonDialog } from '../shared/reason-dialog.js';
import { NotYours } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';

/** Suspend, activate, or go on setting up: what the agent's state and the reader's role allow. */
export const AgentActions = ({ agent }: { agent: AgentDetail }) => {
  const may = useMay();
  const [asking, setAsking] = useState<'suspend' | 'activate' | null>(null);
  const facts = agentFacts(agent);
  const close = (): void => setAsking(null);

  return (
    <>
      {agent.state === 'draft' &&
        (may('activate', 'Agent', facts) ? (
          <Button component={Link} to={`/agents/${agent.id}/set-up`} variant="contained">
            Go on setting up
          </Button>
        ) : (
          <NotYours action="activate" subject="Agent" what="bind and activate it" />
        ))}
      {agent.state === 'suspended' &&
        (may('activate', 'Agent', facts) ? (
          <Button variant="contained" onClick={() => setAsking('activate')}>
            Activate…
          </Button>
        ) : (
          <NotYours action="activate" subject="Agent" what="activate it again" />
        ))}
      {agent.state === 'active' &&
        (may('suspend', 'Agent', facts) ? (
          <Button color="error" onClick={() => setAsking('suspend')}>
            Suspend…
          </Button>
        ) : (
          <NotYours action="suspend" subject="Agent" what="suspend it" />
        ))}
      {asking === 'suspend' && <SuspendDialog agent={agent} onClose={close} />}
      {asking === 'activate' && <ActivateDialog agent={agent} onClose={close} />}
    </>
  );
};

interface DialogProps {
  agent: AgentDetail;
  onClose: () => void;
}

const SuspendDialog = ({ agent, onClose }: DialogProps) => {
  const { suspendAgent } = useApi();
  const told = useTold(onClose);
  return (
    <ReasonDialog
      title={`Suspend ${agent.name}?`}
      verb="Suspend the agent"
      verbing="Suspending"
      isDangerous
      act={(reason) => suspendAgent(agent.id, reason)}
      onDone={() => told(`${agent.name} is suspended: its next call is refused.`)}
      onClose={onClose}
    >
      Every call of {agent.name} is refused from now on, whatever the policies say, until somebody
      activates it again.
    </ReasonDialog>
  );
};

const ActivateDialog = ({ agent, onClose }: DialogProps) => {
  const { activateAgent } = useApi();
  const told = useTold(onClose);
  return (
    <ReasonDialog
      title={`Activate ${agent.name}?`}
      verb="Activate the agent"
      verbing="Activating"
      act={(reason) => activateAgent(agent.id, reason)}
      onDone={() => told(`${agent.name} is active: it may do what the policies allow.`)}
      onClose={onClose}
    >
      {agent.name} may again do what the policies allow.
      {agent.stateReason !== null && <> It was suspended because: {agent.stateReason}</>}
    </ReasonDialog>
  );
};

const useTold = (onClose: () => void): ((message: string) => void) => {
  const notify = useNotify();
  const refresh = useRefresh();
  return (message) => {
    notify(message, { type: 'success' });
    refresh();
    onClose();
  };
};
