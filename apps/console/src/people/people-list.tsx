import { DataTable } from 'react-admin';
import type { Person } from '../api/types.js';
import { ROLE_WORDS } from '../session/who-may.js';
import { CopyableId } from '../shared/copyable.js';
import { SelectFilter, TextFilter } from '../shared/filters.js';
import { listPath, To } from '../shared/links.js';
import { ListPage } from '../shared/list-page.js';
import { Empty } from '../shared/states.js';
import { Time } from '../shared/time.js';

const ROLES = (['it', 'security', 'grc', 'developer', 'office'] as const).map((id) => ({
  id,
  name: ROLE_WORDS[id],
}));

const Column = DataTable.Col<Person>;

export const PeopleList = () => (
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
      </>
    }
    empty={<Empty title="Nobody is known yet" />}
  >
    <Column source="name" label="Name" disableSort render={({ name }) => name} />
    <Column
      source="email"
      label="E-mail"
      disableSort
      render={({ email }) => <CopyableId id={email} />}
    />
    <Column
      source="roles"
      label="Roles"
      disableSort
      render={({ roles }) =>
        roles.length === 0
          ? 'none: may not sign in'
          : roles.map((role) => ROLE_WORDS[role]).join(', ')
      }
    />
    <Column
      source="teams"
      label="Teams"
      disableSort
      render={({ teams }) => teams.map(({ name }) => name).join(', ') || 'none'}
    />
    <Column
      source="agents"
      label="Agents"
      disableSort
      render={({ id }) => <To to={listPath('agents', { ownerId: id })}>agents they own</To>}
    />
    <Column
      source="createdAt"
      label="Known since"
      disableSort
      render={({ createdAt }) => <Time at={createdAt} />}
    />
  </ListPage>
);
