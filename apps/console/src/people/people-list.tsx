import { Button } from '@mui/material';
import { DataTable } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Person } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { ROLE_LABELS } from '../sign-in/who-can.js';
import { Badge } from '../shared/badge.js';
import { CopyableId } from '../shared/copyable.js';
import { FewFilter, ReferenceFilter, SelectFilter, TextFilter } from '../shared/filters.js';
import { TeamLink, TextLink } from '../shared/links.js';
import { Line } from '../shared/line.js';
import { ListPage } from '../shared/list-page.js';
import { Empty, ForbiddenHint } from '../shared/states.js';
import { visibleText } from '../shared/format.js';
import { ManagedBy } from './managed-by.js';

const ROLES = Object.entries(ROLE_LABELS).map(([id, name]) => ({ id, name }));
const STATES = [
  { id: 'inactive', name: 'Disabled' },
  { id: 'all', name: 'All, disabled too' },
];
const SIGN_INS = [{ id: 'true', name: 'To be confirmed' }];

const Column = DataTable.Col<Person>;

export const PeopleList = () => {
  const can = useCan();
  return (
    <ListPage
      resource="people"
      subject="Person"
      title="People"
      one="person"
      many="people"
      filters={
        <>
          <TextFilter source="q" label="Name or e-mail" />
          <SelectFilter source="role" label="Role" choices={ROLES} />
          {can('read', 'Group') && (
            <ReferenceFilter source="groupId" label="Group" resource="groups" />
          )}
          {can('read', 'Team') && <FewFilter source="teamId" label="Team" resource="teams" />}
          <SelectFilter source="state" label="State" choices={STATES} unset="Active" />
          <SelectFilter source="unconfirmed" label="First sign-in" choices={SIGN_INS} width={170} />
        </>
      }
      actions={
        can('register', 'Person') ? (
          <Button component={Link} to="/people/add" variant="contained">
            Add a person
          </Button>
        ) : (
          <ForbiddenHint action="register" subject="Person" what="add a person" />
        )
      }
      empty={<Empty title="Nobody is known yet" />}
    >
      <Column
        source="name"
        label="Name"
        disableSort
        render={({ id, name }) => <TextLink to={`/people/${id}`}>{visibleText(name)}</TextLink>}
      />
      <Column
        source="email"
        label="E-mail"
        disableSort
        render={({ email }) => <CopyableId id={email} />}
      />
      <Column
        source="isActive"
        label="State"
        disableSort
        render={({ isActive }) => <Badge name={isActive ? 'person:active' : 'person:disabled'} />}
      />
      <Column
        source="roles"
        label="Roles"
        disableSort
        render={({ roles }) => roles.map((role) => ROLE_LABELS[role]).join(', ') || 'none'}
      />
      <Column
        source="teams"
        label="Teams"
        disableSort
        render={({ teams }) =>
          teams.length === 0
            ? 'none'
            : teams.map((team) => (
                <Line key={team.id}>
                  <TeamLink team={team} />
                </Line>
              ))
        }
      />
      <Column
        source="managedBy"
        label="Comes from"
        disableSort
        render={({ managedBy }) => <ManagedBy connection={managedBy} />}
      />
    </ListPage>
  );
};
