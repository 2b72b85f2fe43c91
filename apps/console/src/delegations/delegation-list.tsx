import { Box, Button } from '@mui/material';
import { DataTable } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Delegation } from '../api/types.js';
import { useCan, useSession } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { badgeLabel } from '../shared/badges.js';
import { CopyableId } from '../shared/copyable.js';
import { ReferenceFilter, SelectFilter } from '../shared/filters.js';
import { AgentLink, listPath, TextLink } from '../shared/links.js';
import { ListPage } from '../shared/list-page.js';
import { Quoted } from '../shared/quoted.js';
import { Empty } from '../shared/states.js';
import { Time } from '../shared/time.js';
import { DelegationAct } from './delegation-act.js';

const STATES = (['active', 'expired', 'withdrawn'] as const).map((id) => ({
  id,
  name: badgeLabel(`delegation:${id}`),
}));

// Nobody has this id: who may read it may read everybody's.
const ANYBODY = { personId: '00000000-0000-0000-0000-000000000000' };

const ID_SHOWN = 8;

const Column = DataTable.Col<Delegation>;

/** The agents that may act for the reader; for some roles, everybody's. */
export const DelegationList = () => {
  const can = useCan();
  const seesAll = can('read', 'Delegation', ANYBODY);
  return (
    <ListPage
      resource="delegations"
      subject="Delegation"
      title={seesAll ? 'Delegations' : 'Agents that may act for me'}
      one="delegation"
      actions={
        can('start', 'Delegation') && (
          <Button component={Link} to="/delegations/new" variant="contained">
            Let an agent act for me
          </Button>
        )
      }
      above={<What seesAll={seesAll} />}
      filters={
        <>
          <SelectFilter source="state" label="State" choices={STATES} />
          {seesAll && can('read', 'Person') && (
            <ReferenceFilter source="personId" label="Person" resource="people" />
          )}
          {can('read', 'Agent') && (
            <ReferenceFilter source="agentId" label="Agent" resource="agents" />
          )}
        </>
      }
      empty={
        <Empty title={seesAll ? 'Nobody lets an agent act for them' : 'No agent may act for you'}>
          Let one, and it may call tools in your name: never more than the policies allow it, nor
          more than they allow you. You can withdraw it at any time.
        </Empty>
      }
    >
      {seesAll && (
        <Column
          source="person"
          label="Person"
          disableSort
          render={({ person }) => <span title={person.email}>{person.name}</span>}
        />
      )}
      <Column
        source="agent"
        label="Agent"
        disableSort
        render={({ agent }) => (can('read', 'Agent') ? <AgentLink agent={agent} /> : agent.name)}
      />
      <Column
        source="server"
        label="Only at"
        disableSort
        render={({ server }) => server?.name ?? 'every tool server'}
      />
      <Column
        source="purpose"
        label="What for"
        disableSort
        render={({ purpose }) => <Quoted text={purpose} max={100} />}
      />
      <Column
        source="state"
        label="State"
        disableSort
        render={({ state }) => <Badge name={`delegation:${state}`} />}
      />
      <Column
        source="createdAt"
        label="Granted"
        disableSort
        render={({ createdAt }) => <Time at={createdAt} />}
      />
      <Column source="expiresAt" label="Ends" disableSort render={(one) => <Ends of={one} />} />
      <Column
        source="id"
        label="Id"
        disableSort
        render={({ id }) => <CopyableId id={id} keep={ID_SHOWN} />}
      />
      <Column
        source="act"
        label="Act"
        disableSort
        render={(delegation) => <DelegationAct delegation={delegation} />}
      />
    </ListPage>
  );
};

const Ends = ({ of: { withdrawnAt, expiresAt, state } }: { of: Delegation }) =>
  withdrawnAt === null ? (
    <Time at={expiresAt} isToCome={state === 'active'} />
  ) : (
    <>
      withdrawn <Time at={withdrawnAt} />
    </>
  );

const What = ({ seesAll }: { seesAll: boolean }) => {
  const me = useSession()?.person.id;
  return (
    <Box sx={{ color: 'text.secondary' }}>
      An agent with an active delegation may call tools in a person’s name: only what the policies
      allow both.{' '}
      {seesAll && me !== undefined && (
        <TextLink to={listPath('delegations', { personId: me })}>Only mine</TextLink>
      )}
    </Box>
  );
};
