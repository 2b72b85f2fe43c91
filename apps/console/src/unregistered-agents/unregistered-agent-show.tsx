import { Alert } from '@mui/material';
import type { UnregisteredAgent } from '../api/types.js';
import { ByPerson } from '../shared/by-person.js';
import { PROFILE_LABELS } from '../agents/binding-labels.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { CopyableId } from '../shared/copyable.js';
import { Facts } from '../shared/facts.js';
import { Page, Section } from '../shared/page.js';
import { Quoted } from '../shared/quoted.js';
import { RecordPage } from '../shared/record-page.js';
import { ForbiddenHint } from '../shared/states.js';
import { CopyableTime, Time } from '../shared/time.js';
import { formatNumber, visibleText } from '../shared/format.js';
import { BlockButton } from './block-button.js';
import { UnregisteredAgentRegister } from './unregistered-agent-register.js';
import { LastRequest } from './last-request.js';

const TITLE_MAX = 60;

export const UnregisteredAgentShow = () => (
  <RecordPage<UnregisteredAgent>
    resource="unregistered-agents"
    subject="UnregisteredAgent"
    one="unregistered agent"
  >
    {(agent) => (
      <Page
        title={`Unregistered agent ${visibleText(agent.subject).slice(0, TITLE_MAX)}`}
        aside={
          <Badge
            name={
              agent.blocked === null ? 'unregistered-agent:waiting' : 'unregistered-agent:blocked'
            }
          />
        }
        actions={<BlockButton agent={agent} what="block unregistered agents" />}
      >
        {agent.blocked !== null && (
          <Alert severity="warning">
            Blocked <Time at={agent.blocked.at} /> by <ByPerson person={agent.blocked.by} />:{' '}
            <Quoted text={agent.blocked.reason} max={300} /> It cannot be registered until somebody
            unblocks it.
          </Alert>
        )}
        <AgentFacts agent={agent} />
        {agent.blocked === null && <Registration agent={agent} />}
      </Page>
    )}
  </RecordPage>
);

const AgentFacts = ({ agent }: { agent: UnregisteredAgent }) => (
  <Facts
    columns={3}
    items={[
      {
        name: 'Issuer',
        value: `${agent.issuer.name} (${PROFILE_LABELS[agent.issuer.profile] ?? agent.issuer.profile})`,
      },
      { name: 'Subject', value: <CopyableId id={agent.subject} /> },
      {
        name: 'Client',
        value: agent.clientId === null ? 'none' : <CopyableId id={agent.clientId} />,
      },
      { name: 'Attempts', value: formatNumber(agent.attempts) },
      { name: 'First seen', value: <CopyableTime at={agent.firstSeenAt} /> },
      { name: 'Last seen', value: <CopyableTime at={agent.lastSeenAt} /> },
      { name: 'Last from', value: <CopyableId id={agent.lastSource} /> },
      { name: 'Last asked for', value: <LastRequest agent={agent} /> },
      { name: 'Issuer’s address', value: <CopyableId id={agent.issuer.url} /> },
    ]}
  />
);

const Registration = ({ agent }: { agent: UnregisteredAgent }) => (
  <Section title="Register it as an agent">
    {useCan()('register', 'Agent') ? (
      <UnregisteredAgentRegister unregistered={agent} />
    ) : (
      <ForbiddenHint action="register" subject="Agent" what="register it" />
    )}
  </Section>
);
