import { useNotify, useRefresh } from 'react-admin';
import { useNavigate, useSearchParams } from 'react-router-dom';
import type { AgentDetail } from '../api/types.js';
import { Badge } from '../shared/badge.js';
import { AgentLink } from '../shared/links.js';
import { Page } from '../shared/page.js';
import { RecordPage } from '../shared/record-page.js';
import { RequirePermission } from '../shared/states.js';
import { AgentActivateStep } from './agent-activate-step.js';
import { AgentBindStep } from './agent-bind-step.js';
import { AgentStepper } from './agent-stepper.js';

/** The second and third step; the agent itself says which is next, so it can be left and resumed. */
export const AgentSetUp = () => (
  <RequirePermission action="bind" subject="Agent" what="bind and activate agents">
    <RecordPage<AgentDetail> resource="agents" subject="Agent" one="agent">
      {(agent) => <SetUp agent={agent} />}
    </RecordPage>
  </RequirePermission>
);

const SetUp = ({ agent }: { agent: AgentDetail }) => {
  const [search, setSearch] = useSearchParams();
  const refresh = useRefresh();
  const notify = useNotify();
  const navigate = useNavigate();
  const isBinding = agent.bindings.length === 0 || search.get('step') === 'bind';
  const finish = (message: string): void => {
    notify(message, { type: 'success' });
    refresh();
    void navigate(`/agents/${agent.id}`);
  };

  return (
    <Page
      title={`Set up ${agent.name}`}
      heading={
        <>
          Set up <AgentLink agent={agent} />
        </>
      }
      aside={<Badge name={`agent:${agent.state}`} />}
    >
      <AgentStepper step={isBinding ? 1 : 2} />
      {isBinding ? (
        <AgentBindStep
          agent={agent}
          onDone={() => {
            if (agent.state !== 'draft') {
              finish(`${agent.name} has another binding.`);
              return;
            }
            setSearch({});
            refresh();
          }}
        />
      ) : (
        <AgentActivateStep
          agent={agent}
          onDone={() => finish(`${agent.name} is active.`)}
          onBindMore={() => setSearch({ step: 'bind' })}
        />
      )}
    </Page>
  );
};
