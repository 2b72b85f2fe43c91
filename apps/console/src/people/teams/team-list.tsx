import { Button } from '@mui/material';
import { useState } from 'react';
import { DataTable } from 'react-admin';
import type { Team } from '../../api/types.js';
import { useCan } from '../../sign-in/session-store.js';
import { listPath, PersonLink, TextLink } from '../../shared/links.js';
import { ListPage } from '../../shared/list-page.js';
import { Empty, ForbiddenHint } from '../../shared/states.js';
import { TeamDialog } from './team-dialog.js';
import { findOrphanRule } from './orphan-rules.js';

const Column = DataTable.Col<Team>;

export const TeamList = () => {
  const can = useCan();
  const [isAdding, setAdding] = useState(false);
  return (
    <ListPage
      resource="teams"
      subject="Team"
      title="Teams"
      one="team"
      actions={
        can('register', 'Team') ? (
          <>
            <Button variant="contained" onClick={() => setAdding(true)}>
              Add a team
            </Button>
            {isAdding && <TeamDialog onClose={() => setAdding(false)} />}
          </>
        ) : (
          <ForbiddenHint action="register" subject="Team" what="add a team" />
        )
      }
      empty={
        <Empty title="There is no team yet">
          Every agent and every tool server belongs to one, so add one first.
        </Empty>
      }
    >
      <Column
        source="name"
        label="Team"
        disableSort
        render={({ id, name }) => <TextLink to={`/teams/${id}`}>{name}</TextLink>}
      />
      <Column
        source="orphanRule"
        label="When an agent’s owner leaves"
        disableSort
        render={({ orphanRule, orphanOwner }) => (
          <>
            {findOrphanRule(orphanRule)?.name}
            {orphanOwner !== null && (
              <>
                {': '}
                <PersonLink person={orphanOwner} />
              </>
            )}
          </>
        )}
      />
      {can('read', 'Person') && (
        <Column
          source="people"
          label="People"
          disableSort
          render={({ id }) => (
            <TextLink to={listPath('people', { teamId: id })}>its people</TextLink>
          )}
        />
      )}
      {can('read', 'Agent') && (
        <Column
          source="agents"
          label="Agents"
          disableSort
          render={({ id }) => (
            <TextLink to={listPath('agents', { teamId: id })}>its agents</TextLink>
          )}
        />
      )}
    </ListPage>
  );
};
