import { Button } from '@mui/material';
import { DataTable } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Agent } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { badgeLabel } from '../shared/badges.js';
import { dayAgo } from '../shared/day-ago.js';
import { FewFilter, ReferenceFilter, SelectFilter, TextFilter } from '../shared/filters.js';
import { AgentLink, listPath, PersonLink, TeamLink, TextLink } from '../shared/links.js';
import { ListPage } from '../shared/list-page.js';
import { useNow } from '../shared/now.js';
import { Empty, ForbiddenHint } from '../shared/states.js';
import { Time } from '../shared/time.js';
import { formatNumber } from '../shared/format.js';
import { Expiry } from './expiry.js';

const Column = DataTable.Col<Agent>;

const STATES = (['draft', 'active', 'suspended', 'retired'] as const).map((id) => ({
  id,
  name: badgeLabel(`agent:${id}`),
}));
const YES_NO = [
  { id: 'true', name: 'Yes' },
  { id: 'false', name: 'No' },
];
const TIERS = (['low', 'medium', 'high'] as const).map((id) => ({
  id,
  name: badgeLabel(`tier:${id}`),
}));

export const AgentList = () => {
  const can = useCan();
  const since = dayAgo(useNow());
  const canRegister = can('register', 'Agent');
  return (
    <ListPage
      resource="agents"
      subject="Agent"
      title="Agents"
      one="agent"
      sort={{ field: 'name', order: 'ASC' }}
      filters={
        <>
          <TextFilter source="q" label="Name or purpose" width={160} />
          <SelectFilter source="state" label="State" choices={STATES} width={115} />
          <SelectFilter source="riskTier" label="Tier" choices={TIERS} width={110} />
          {can('read', 'Team') && <FewFilter source="teamId" label="Team" resource="teams" />}
          {can('read', 'Person') && (
            <ReferenceFilter source="ownerId" label="Owner" resource="people" width={160} />
          )}
          <SelectFilter source="orphaned" label="Orphaned" choices={YES_NO} width={120} />
          <SelectFilter source="unbound" label="Unbound" choices={YES_NO} width={118} />
          <SelectFilter source="expiring" label="Expires soon" choices={YES_NO} width={140} />
        </>
      }
      actions={
        canRegister && (
          <Button component={Link} to="/agents/register" variant="contained">
            Register an agent
          </Button>
        )
      }
      empty={
        <Empty title="No agent is registered yet">
          {canRegister ? (
            'Register the first one: say who it is, bind it to the company’s issuer, activate it.'
          ) : (
            <ForbiddenHint action="register" subject="Agent" what="register agents" />
          )}
        </Empty>
      }
    >
      <Column source="name" label="Name" render={(agent) => <AgentLink agent={agent} />} />
      <Column source="state" label="State" render={(agent) => <StateBadges agent={agent} />} />
      <Column
        source="riskTier"
        label="Tier"
        render={(agent) => <Badge name={`tier:${agent.riskTier}`} />}
      />
      <Column
        label="Owner"
        disableSort
        source="owner.name"
        render={({ owner, orphanedAt }) =>
          orphanedAt === null ? <PersonLink person={owner} /> : <Badge name="agent:orphaned" />
        }
      />
      <Column
        label="Team"
        disableSort
        source="team.name"
        render={({ team }) => <TeamLink team={team} />}
      />
      <Column
        source="lastCallAt"
        label="Last call"
        disableSort
        render={({ lastCallAt }) => (lastCallAt === null ? 'never' : <Time at={lastCallAt} />)}
      />
      <Column
        source="expiresAt"
        label="Expires"
        disableSort
        render={(agent) => <Expiry agent={agent} />}
      />
      <Column
        source="callsLast24h"
        label="Calls 24 h"
        disableSort
        align="right"
        render={({ id, callsLast24h }) => (
          <TextLink to={listPath('calls', { agentId: id, from: since })}>
            {formatNumber(callsLast24h)}
          </TextLink>
        )}
      />
      <Column
        source="deniedOrInvalidLast24h"
        label="Denied or invalid 24 h"
        disableSort
        align="right"
        render={({ id, deniedOrInvalidLast24h }) => (
          <TextLink to={listPath('calls', { agentId: id, decision: 'deny', from: since })}>
            {formatNumber(deniedOrInvalidLast24h)}
          </TextLink>
        )}
      />
    </ListPage>
  );
};

const StateBadges = ({ agent }: { agent: Agent }) => (
  <>
    <Badge name={`agent:${agent.state}`} />
    {agent.bindingCount === 0 && agent.state !== 'retired' && (
      <>
        {' '}
        <Badge name="agent:unbound" />
      </>
    )}
  </>
);
