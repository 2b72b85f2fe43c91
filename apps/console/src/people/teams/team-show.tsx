import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useGetList } from 'react-admin';
import type { Agent, Person, Team } from '../../api/types.js';
import { useCan } from '../../sign-in/session-store.js';
import { ROLE_LABELS } from '../../sign-in/who-can.js';
import { Badge } from '../../shared/badge.js';
import { CopyableId } from '../../shared/copyable.js';
import { Facts } from '../../shared/facts.js';
import { AgentLink, listPath, PersonLink, TextLink } from '../../shared/links.js';
import { Page, Section } from '../../shared/page.js';
import { PlainTable } from '../../shared/plain-table.js';
import { RecordPage } from '../../shared/record-page.js';
import { Empty, Failed, Loading, ForbiddenHint } from '../../shared/states.js';
import { TwoColumns } from '../../shared/two-columns.js';
import { TeamDialog } from './team-dialog.js';
import { findOrphanRule } from './orphan-rules.js';

const SHOWN = 25;

export const TeamShow = () => (
  <RecordPage<Team> resource="teams" subject="Team" one="team">
    {(team) => (
      <Page title={team.name} actions={<Change team={team} />}>
        <Facts
          columns={2}
          items={[
            {
              name: 'When an agent’s owner leaves',
              value: (
                <>
                  {findOrphanRule(team.orphanRule)?.name}
                  {team.orphanOwner !== null && (
                    <>
                      {': '}
                      <PersonLink person={team.orphanOwner} />
                    </>
                  )}
                  <Box sx={{ color: 'text.secondary' }}>
                    {findOrphanRule(team.orphanRule)?.meaning}
                  </Box>
                </>
              ),
            },
            { name: 'Id', value: <CopyableId id={team.id} /> },
          ]}
        />
        <TwoColumns left={<TeamPeople team={team} />} right={<TeamAgents team={team} />} />
      </Page>
    )}
  </RecordPage>
);

const Change = ({ team }: { team: Team }) => {
  const can = useCan();
  const [isChanging, setChanging] = useState(false);
  if (!can('change', 'Team')) {
    return <ForbiddenHint action="change" subject="Team" what="change it" />;
  }
  return (
    <>
      <Button onClick={() => setChanging(true)}>Change…</Button>
      {isChanging && <TeamDialog team={team} onClose={() => setChanging(false)} />}
    </>
  );
};

const TeamPeople = ({ team }: { team: Team }) => {
  const can = useCan();
  const canRead = can('read', 'Person');
  const { data, error, isPending } = useGetList<Person>(
    'people',
    { pagination: { page: 1, perPage: SHOWN }, filter: { teamId: team.id } },
    { enabled: canRead, onError: () => undefined },
  );
  return (
    <Section
      title="People"
      aside={
        canRead && (
          <TextLink to={listPath('people', { teamId: team.id })}>In the people’s list</TextLink>
        )
      }
    >
      {!canRead ? (
        <ForbiddenHint action="read" subject="Person" what="see who is in it" />
      ) : isPending ? (
        <Loading what="its people" />
      ) : error ? (
        <Failed error={error} />
      ) : data.length === 0 ? (
        <Empty title="Nobody is in this team">Add people to it from their own screens.</Empty>
      ) : (
        <PlainTable
          label={`People of ${team.name}`}
          rows={data}
          rowKey={({ id }) => id}
          columns={[
            { name: 'Person', render: (person) => <PersonLink person={person} /> },
            {
              name: 'Roles',
              render: ({ roles }) => roles.map((role) => ROLE_LABELS[role]).join(', ') || 'none',
            },
          ]}
        />
      )}
    </Section>
  );
};

const TeamAgents = ({ team }: { team: Team }) => {
  const can = useCan();
  const canRead = can('read', 'Agent');
  const { data, error, isPending } = useGetList<Agent>(
    'agents',
    { pagination: { page: 1, perPage: SHOWN }, filter: { teamId: team.id } },
    { enabled: canRead, onError: () => undefined },
  );
  return (
    <Section
      title="Agents"
      aside={
        canRead && (
          <TextLink to={listPath('agents', { teamId: team.id })}>In the agents’ list</TextLink>
        )
      }
    >
      {!canRead ? (
        <ForbiddenHint action="read" subject="Agent" what="see its agents" />
      ) : isPending ? (
        <Loading what="its agents" />
      ) : error ? (
        <Failed error={error} />
      ) : data.length === 0 ? (
        <Empty title="This team has no agent" />
      ) : (
        <PlainTable
          label={`Agents of ${team.name}`}
          rows={data}
          rowKey={({ id }) => id}
          columns={[
            { name: 'Agent', render: (agent) => <AgentLink agent={agent} /> },
            { name: 'State', render: ({ state }) => <Badge name={`agent:${state}`} /> },
            { name: 'Owner', render: ({ owner }) => <PersonLink person={owner} /> },
          ]}
        />
      )}
    </Section>
  );
};
