import { Button } from '@mui/material';
import { DataTable } from 'react-admin';
import { Link } from 'react-router-dom';
import type { ToolServer } from '../../api/types.js';
import { useCan } from '../../sign-in/session-store.js';
import { Badge } from '../../shared/badge.js';
import { CopyableId } from '../../shared/copyable.js';
import { SelectFilter, TextFilter } from '../../shared/filters.js';
import { listPath, PersonLink, TeamLink, TextLink } from '../../shared/links.js';
import { ListPage } from '../../shared/list-page.js';
import { useLive } from '../../shared/live.js';
import { Empty, ForbiddenHint } from '../../shared/states.js';
import { Time } from '../../shared/time.js';
import { KIND_LABELS, KINDS, SERVER_STATES } from './tool-server-options.js';

const REFRESH_MS = 10_000;

const Column = DataTable.Col<ToolServer>;

export const ToolServerList = () => {
  const canRegister = useCan()('register', 'ToolServer');
  const live = useLive(REFRESH_MS);
  return (
    <ListPage
      resource="tool-servers"
      subject="ToolServer"
      title="Tool servers"
      one="tool server"
      refetchInterval={live}
      filters={
        <>
          <TextFilter source="q" label="Name" />
          <SelectFilter source="kind" label="Kind" choices={KINDS} />
          <SelectFilter source="state" label="State" choices={SERVER_STATES} />
        </>
      }
      actions={
        canRegister && (
          <Button component={Link} to="/tool-servers/register" variant="contained">
            Register a tool server
          </Button>
        )
      }
      empty={
        <Empty title="No tool server is registered yet">
          {canRegister ? (
            'Register one; its tools are discovered and pinned within seconds.'
          ) : (
            <ForbiddenHint action="register" subject="ToolServer" what="register tool servers" />
          )}
        </Empty>
      }
    >
      <Column
        source="slug"
        label="Tool server"
        disableSort
        render={({ id, slug, name }) => (
          <>
            <TextLink to={`/tool-servers/${id}`}>{slug}</TextLink> {name !== slug && name}
          </>
        )}
      />
      <Column source="kind" label="Kind" disableSort render={({ kind }) => KIND_LABELS[kind]} />
      <Column
        source="state"
        label="State"
        disableSort
        render={({ state }) => <Badge name={`server:${state}`} />}
      />
      <Column
        source="toolCount"
        label="Tools"
        disableSort
        align="right"
        render={({ id, toolCount }) => (
          <TextLink to={listPath('tools', { serverId: id })}>{toolCount}</TextLink>
        )}
      />
      <Column
        source="url"
        label="Address"
        disableSort
        render={({ url }) => <CopyableId id={url} keep={48} />}
      />
      <Column
        source="owner"
        label="Owner"
        disableSort
        render={({ owner }) => <PersonLink person={owner} />}
      />
      <Column
        source="team"
        label="Team"
        disableSort
        render={({ team }) => <TeamLink team={team} />}
      />
      <Column
        source="createdAt"
        label="Registered"
        disableSort
        render={({ createdAt }) => <Time at={createdAt} />}
      />
    </ListPage>
  );
};
