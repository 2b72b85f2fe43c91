import { DataTable } from 'react-admin';
import type { Group } from '../../api/types.js';
import { useCan } from '../../sign-in/session-store.js';
import { ROLE_LABELS } from '../../sign-in/who-can.js';
import { TextFilter } from '../../shared/filters.js';
import { TextLink } from '../../shared/links.js';
import { ListPage } from '../../shared/list-page.js';
import { Empty } from '../../shared/states.js';
import { Time } from '../../shared/time.js';
import { visibleText } from '../../shared/format.js';

const Column = DataTable.Col<Group>;

export const GroupList = () => {
  const canReadScim = useCan()('read', 'ScimConnection');
  return (
    <ListPage
      resource="groups"
      subject="Group"
      title="Groups"
      one="group"
      filters={<TextFilter source="q" label="Name" />}
      empty={
        <Empty title="No group has come yet">
          Groups and their members come from the company’s IAM.{' '}
          {canReadScim && <TextLink to="/scim-connections">Connect it by SCIM.</TextLink>}
        </Empty>
      }
    >
      <Column
        source="displayName"
        label="Group"
        disableSort
        render={({ id, displayName }) => (
          <TextLink to={`/groups/${id}`}>{visibleText(displayName)}</TextLink>
        )}
      />
      <Column
        source="memberCount"
        label="Members"
        disableSort
        align="right"
        render={({ memberCount }) => memberCount}
      />
      <Column
        source="roles"
        label="Gives the roles"
        disableSort
        render={({ roles }) => roles.map((role) => ROLE_LABELS[role]).join(', ') || 'none'}
      />
      <Column
        source="connection"
        label="Comes from"
        disableSort
        render={({ connection }) =>
          connection === null ? (
            'its connection is gone'
          ) : canReadScim ? (
            <TextLink to={`/scim-connections/${connection.id}`}>{connection.name}</TextLink>
          ) : (
            connection.name
          )
        }
      />
      <Column
        source="updatedAt"
        label="Changed"
        disableSort
        render={({ updatedAt }) => <Time at={updatedAt} />}
      />
    </ListPage>
  );
};
