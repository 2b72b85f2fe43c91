import { Box, Button } from '@mui/material';
import { DataTable } from 'react-admin';
import { Link } from 'react-router-dom';
import type { UnregisteredAgent } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { CopyableId } from '../shared/copyable.js';
import { FewFilter, SelectFilter, TextFilter } from '../shared/filters.js';
import { TextLink } from '../shared/links.js';
import { ListPage } from '../shared/list-page.js';
import { useLive } from '../shared/live.js';
import { Empty } from '../shared/states.js';
import { Time } from '../shared/time.js';
import { formatNumber, visibleText } from '../shared/format.js';
import { BlockButton } from './block-button.js';
import { LastRequest } from './last-request.js';

const REFRESH_MS = 10_000;
const BLOCKED = [
  { id: 'false', name: 'Waiting' },
  { id: 'true', name: 'Blocked' },
];
const ID_SHOWN = 22;

const Column = DataTable.Col<UnregisteredAgent>;

export const UnregisteredAgentList = () => {
  const can = useCan();
  return (
    <ListPage
      resource="unregistered-agents"
      subject="UnregisteredAgent"
      title="Unregistered agents"
      one="unregistered agent"
      refetchInterval={useLive(REFRESH_MS)}
      filters={
        <>
          <TextFilter source="q" label="Subject, client, source or tool" width={230} />
          {can('read', 'Issuer') && (
            <FewFilter source="issuerId" label="Issuer" resource="issuers" />
          )}
          <SelectFilter source="blocked" label="State" choices={BLOCKED} />
        </>
      }
      empty={
        <Empty title="No unregistered agent has called">
          An agent with a valid token of a trusted issuer that is not registered is rejected, and
          appears here: register it as an agent, or block it.
        </Empty>
      }
    >
      <Column
        source="subject"
        label="Agent"
        disableSort
        render={({ id, subject, clientId }) => (
          <Box sx={{ lineHeight: '24px' }}>
            <TextLink to={`/unregistered-agents/${id}`}>{cut(subject)}</TextLink>
            {clientId !== null && clientId !== subject && (
              <>
                <br />
                client <CopyableId id={clientId} keep={ID_SHOWN} />
              </>
            )}
          </Box>
        )}
      />
      <Column source="issuer" label="Issuer" disableSort render={({ issuer }) => issuer.name} />
      <Column
        source="asked"
        label="Last asked for"
        disableSort
        render={(agent) => <LastRequest agent={agent} />}
      />
      <Column
        source="lastSource"
        label="From"
        disableSort
        render={({ lastSource }) => visibleText(lastSource)}
      />
      <Column
        source="attempts"
        label="Attempts"
        disableSort
        align="right"
        render={({ attempts }) => formatNumber(attempts)}
      />
      <Column
        source="firstSeenAt"
        label="First seen"
        disableSort
        render={({ firstSeenAt }) => <Time at={firstSeenAt} />}
      />
      <Column
        source="lastSeenAt"
        label="Last seen"
        disableSort
        render={({ lastSeenAt }) => <Time at={lastSeenAt} />}
      />
      <Column
        source="blocked"
        label="State"
        disableSort
        render={({ blocked }) => (
          <Badge
            name={blocked === null ? 'unregistered-agent:waiting' : 'unregistered-agent:blocked'}
          />
        )}
      />
      <Column
        source="act"
        label="Act"
        disableSort
        render={(agent) => (
          <Box sx={{ display: 'flex', gap: 0.5 }}>
            {can('register', 'Agent') && agent.blocked === null && (
              <Button component={Link} to={`/unregistered-agents/${agent.id}`}>
                Register…
              </Button>
            )}
            <BlockButton agent={agent} />
          </Box>
        )}
      />
    </ListPage>
  );
};

const cut = (text: string): string => {
  const shown = visibleText(text);
  return shown.length <= ID_SHOWN ? shown : `${shown.slice(0, ID_SHOWN)}…`;
};
