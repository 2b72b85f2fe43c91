import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { DataTable } from 'react-admin';
import type { Call } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { badgeLabel } from '../shared/badges.js';
import { ReferenceFilter, SelectFilter, TextFilter } from '../shared/filters.js';
import { AgentLink, TextLink } from '../shared/links.js';
import { ListPage } from '../shared/list-page.js';
import { useLive } from '../shared/live.js';
import { Empty } from '../shared/states.js';
import { Time } from '../shared/time.js';
import { TimeFilter } from '../shared/time-filter.js';
import { ServerFilter } from '../catalog/tools/server-filter.js';
import { AskedFor } from './asked-for.js';
import { OnBehalfOf } from './call-principals.js';
import { CallOutcome, CallReason } from './call-outcome.js';

const REFRESH_MS = 3_000;

const DECISIONS = (['allow', 'deny', 'invalid'] as const).map((id) => ({
  id,
  name: badgeLabel(`decision:${id}`),
}));
const OUTCOMES = (['succeeded', 'tool_error', 'upstream_error', 'timeout', 'unknown'] as const).map(
  (id) => ({ id, name: badgeLabel(`outcome:${id}`) }),
);

const Column = DataTable.Col<Call>;

export const CallList = () => {
  const can = useCan();
  const [isReading, setReading] = useState(false);
  const [isStopped, setStopped] = useState(false);
  const live = useLive(REFRESH_MS, isReading || isStopped);
  return (
    <ListPage
      resource="calls"
      subject="Call"
      title="Calls"
      one="call"
      refetchInterval={live}
      // Rows must not move under the reader's hand.
      onReading={setReading}
      actions={
        <>
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {isStopped ? 'Stopped' : isReading ? 'Waits while you point at it' : 'Live'}
          </Box>
          <Button onClick={() => setStopped(!isStopped)}>{isStopped ? 'Go live' : 'Stop'}</Button>
        </>
      }
      filters={
        <>
          {can('read', 'Agent') && (
            <ReferenceFilter source="agentId" label="Agent" resource="agents" width={140} />
          )}
          {can('read', 'Person') && (
            <ReferenceFilter source="personId" label="For" resource="people" width={115} />
          )}
          {can('read', 'ToolServer') && <ServerFilter source="server" by="slug" />}
          {can('read', 'Tool') && (
            <ReferenceFilter source="toolId" label="Tool" resource="tools" width={140} />
          )}
          <SelectFilter source="decision" label="Decision" choices={DECISIONS} width={110} />
          <SelectFilter source="outcome" label="Outcome" choices={OUTCOMES} width={122} />
          <TextFilter source="rule" label="Rule, exactly" width={120} />
          <TimeFilter />
        </>
      }
      empty={
        <Empty title="No agent has called a tool yet">
          Every call appears here with its decision before its effect. On the machine that runs
          Gatehouse, <code>npm start</code> prints one to try.
        </Empty>
      }
    >
      <Column
        source="at"
        label="When"
        disableSort
        render={({ id, at }) => (
          <TextLink to={`/calls/${id}`}>
            <Time at={at} />
          </TextLink>
        )}
      />
      <Column
        source="agent"
        label="Agent"
        disableSort
        render={({ agent }) => <AgentLink agent={agent} />}
      />
      <Column
        source="person"
        label="For"
        disableSort
        render={(call) => <OnBehalfOf call={call} />}
      />
      <Column source="tool" label="Tool" disableSort render={(call) => <AskedFor call={call} />} />
      <Column
        source="decision"
        label="Decision"
        disableSort
        render={({ decision }) => <Badge name={`decision:${decision}`} />}
      />
      <Column
        source="reason"
        label="Rule and reason"
        disableSort
        render={(call) => <CallReason call={call} max={100} />}
      />
      <Column
        source="outcome"
        label="Outcome"
        disableSort
        render={(call) => <CallOutcome call={call} />}
      />
      <Column
        source="protocol"
        label="Protocol"
        disableSort
        render={({ protocol }) => (protocol === 'mcp' ? 'MCP' : 'REST')}
      />
    </ListPage>
  );
};
