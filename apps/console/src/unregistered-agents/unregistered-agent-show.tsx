import { Alert } from '@mui/material';
import type { UnregisteredAgent } from '../api/types.js';
import { By } from '../shared/by-person.js';
import { PROFILE_MESSAGES } from '../agents/binding-messages.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { CopyableId } from '../shared/copyable.js';
import { Facts } from '../shared/facts.js';
import { Page, Section } from '../shared/page.js';
import { Quoted } from '../shared/quoted.js';
import { RecordPage } from '../shared/record-page.js';
import { ForbiddenHint } from '../shared/states.js';
import { CopyableTime, Time } from '../shared/time.js';
import { numberMessages, visibleText } from '../shared/messages.js';
import { BlockButton } from './block-button.js';
import { UnregisteredAgentRegister } from './unregistered-agent-register.js';
import { AskedMessages } from './unregistered-agent-messages.js';

const TITLE_MAX = 60;

export const UnregisteredAgentShow = () => (
  <RecordPage<UnregisteredAgent>
    resource="unregistered-agents"
    subject="UnregisteredAgent"
    one="unregistered agent"
  >
    {(caller) => (
      <Page
        title={`Unregistered agent ${visibleText(caller.subject).slice(0, TITLE_MAX)}`}
        aside={<Badge name={caller.blocked === null ? 'caller:waiting' : 'caller:blocked'} />}
        actions={<BlockButton caller={caller} what="block unregistered agents" />}
      >
        {caller.blocked !== null && (
          <Alert severity="warning">
            Blocked <Time at={caller.blocked.at} /> by <By person={caller.blocked.by} />:{' '}
            <Quoted text={caller.blocked.reason} max={300} /> It cannot be registered until somebody
            unblocks it.
          </Alert>
        )}
        <CallerFacts caller={caller} />
        {caller.blocked === null && <Registration caller={caller} />}
      </Page>
    )}
  </RecordPage>
);

const CallerFacts = ({ caller }: { caller: UnregisteredAgent }) => (
  <Facts
    columns={3}
    items={[
      {
        name: 'Issuer',
        value: `${caller.issuer.name} (${PROFILE_MESSAGES[caller.issuer.profile] ?? caller.issuer.profile})`,
      },
      { name: 'Subject', value: <CopyableId id={caller.subject} /> },
      {
        name: 'Client',
        value: caller.clientId === null ? 'none' : <CopyableId id={caller.clientId} />,
      },
      { name: 'Attempts', value: numberMessages(caller.attempts) },
      { name: 'First seen', value: <CopyableTime at={caller.firstSeenAt} /> },
      { name: 'Last seen', value: <CopyableTime at={caller.lastSeenAt} /> },
      { name: 'Last from', value: <CopyableId id={caller.lastSource} /> },
      { name: 'Last asked for', value: <AskedMessages caller={caller} /> },
      { name: 'Issuer’s address', value: <CopyableId id={caller.issuer.url} /> },
    ]}
  />
);

const Registration = ({ caller }: { caller: UnregisteredAgent }) => (
  <Section title="Register it as an agent">
    {useCan()('register', 'Agent') ? (
      <UnregisteredAgentRegister caller={caller} />
    ) : (
      <ForbiddenHint action="register" subject="Agent" what="register it" />
    )}
  </Section>
);
