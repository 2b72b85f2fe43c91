import { Button, Typography } from '@mui/material';
import { DataTable } from 'react-admin';
import { Link } from 'react-router-dom';
import type { AccessRequest } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { badgeLabel } from '../shared/badges.js';
import { ReferenceFilter, SelectFilter } from '../shared/filters.js';
import { TextLink } from '../shared/links.js';
import { ListPage } from '../shared/list-page.js';
import { useLive } from '../shared/live.js';
import { Quoted } from '../shared/quoted.js';
import { Empty } from '../shared/states.js';
import { Time } from '../shared/time.js';
import { visibleText } from '../shared/format.js';
import { formatHours } from './hours.js';
import { RequestState } from './request-state.js';
import { nextStepText } from './next-step.js';

const REFRESH_MS = 10_000;
const STATES = (['open', 'drafted', 'granted', 'rejected', 'withdrawn'] as const).map((id) => ({
  id,
  name: badgeLabel(`request:${id}`),
}));
const MINE = [{ id: 'true', name: 'Mine' }];

const Column = DataTable.Col<AccessRequest>;

export const RequestList = () => {
  const can = useCan();
  const canRequest = can('request', 'AccessRequest');
  return (
    <ListPage
      resource="access-requests"
      subject="AccessRequest"
      title="Access requests"
      one="request"
      refetchInterval={useLive(REFRESH_MS)}
      actions={
        canRequest ? (
          <Button component={Link} to="/access-requests/new" variant="contained">
            Request access
          </Button>
        ) : (
          <Typography variant="body2" color="text.secondary">
            Only developers request access, for agents of their teams.
          </Typography>
        )
      }
      filters={
        <>
          <SelectFilter source="state" label="State" choices={STATES} />
          <SelectFilter source="mine" label="Asked for by" choices={MINE} unset="Anybody" />
          {can('read', 'Agent') && (
            <ReferenceFilter source="agentId" label="Agent" resource="agents" />
          )}
          {can('read', 'Tool') && <ReferenceFilter source="toolId" label="Tool" resource="tools" />}
        </>
      }
      empty={
        <Empty title="Nobody has requested access">
          A developer asks for a tool that an agent of their team may not use: here, on the agent’s
          rights, or on a denied call.
        </Empty>
      }
    >
      <Column
        source="tool"
        label="Request"
        disableSort
        render={({ id, agent, tool }) => (
          <TextLink to={`/access-requests/${id}`}>
            {agent.name} → {visibleText(`${tool.server}/${tool.name}`)}
          </TextLink>
        )}
      />
      <Column
        source="state"
        label="State"
        disableSort
        render={(request) => <RequestState request={request} />}
      />
      <Column source="next" label="Next" disableSort render={(request) => nextStepText(request)} />
      <Column
        source="justification"
        label="Justification"
        disableSort
        render={({ justification }) => <Quoted text={justification} max={80} />}
      />
      <Column
        source="durationHours"
        label="For"
        disableSort
        render={({ durationHours }) => formatHours(durationHours)}
      />
      <Column
        source="requestedBy"
        label="Asked by"
        disableSort
        render={({ requestedBy }) => <span title={requestedBy.email}>{requestedBy.name}</span>}
      />
      <Column
        source="requestedAt"
        label="Asked"
        disableSort
        render={({ requestedAt }) => <Time at={requestedAt} />}
      />
    </ListPage>
  );
};
