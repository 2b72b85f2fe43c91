import { Button } from '@mui/material';
import { DataTable } from 'react-admin';
import { Link } from 'react-router-dom';
import type { ScimConnection } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { TextLink } from '../shared/links.js';
import { ListPage } from '../shared/list-page.js';
import { Empty, ForbiddenHint } from '../shared/states.js';
import { Time } from '../shared/time.js';
import { formatCount } from '../shared/format.js';
import { KIND_LABELS } from './scim-options.js';

const Column = DataTable.Col<ScimConnection>;

export const ConnectionList = () => {
  const can = useCan();
  return (
    <ListPage
      resource="scim-connections"
      subject="ScimConnection"
      title="SCIM"
      one="connection"
      actions={
        can('register', 'ScimConnection') ? (
          <Button component={Link} to="/scim-connections/register" variant="contained">
            New connection
          </Button>
        ) : (
          <ForbiddenHint action="register" subject="ScimConnection" what="add a connection" />
        )
      }
      empty={
        <Empty title="No provisioning client is connected yet">
          Connect the company’s IAM, and joiners, leavers and groups come from there by themselves.
        </Empty>
      }
    >
      <Column
        source="name"
        label="Connection"
        disableSort
        render={({ id, name }) => <TextLink to={`/scim-connections/${id}`}>{name}</TextLink>}
      />
      <Column source="kind" label="Client" disableSort render={({ kind }) => KIND_LABELS[kind]} />
      <Column
        source="issuer"
        label="Its people sign in at"
        disableSort
        render={({ issuer }) =>
          issuer === null ? (
            'no trusted issuer'
          ) : can('read', 'Issuer') ? (
            <TextLink to={`/issuers/${issuer.id}`}>{issuer.name}</TextLink>
          ) : (
            issuer.name
          )
        }
      />
      <Column
        source="userCount"
        label="Provisioned"
        disableSort
        render={({ userCount, groupCount, agentCount }) =>
          `${formatCount(userCount, 'person', 'people')}, ${formatCount(groupCount, 'group')}, ${formatCount(agentCount, 'agent')}`
        }
      />
      <Column
        source="tokens"
        label="Tokens that work"
        disableSort
        align="right"
        render={({ tokens }) => tokens.filter(({ state }) => state === 'active').length}
      />
      <Column
        source="lastUsedAt"
        label="Last heard"
        disableSort
        render={({ tokens }) => <LastUse tokens={tokens} />}
      />
    </ListPage>
  );
};

const LastUse = ({ tokens }: Pick<ScimConnection, 'tokens'>) => {
  const last = tokens
    .flatMap(({ lastUsedAt }) => lastUsedAt ?? [])
    .toSorted()
    .at(-1);
  return last === undefined ? <>never</> : <Time at={last} />;
};
