import { Button } from '@mui/material';
import { Link } from 'react-router-dom';
import type { ScimConnection } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { CopyableId } from '../shared/copyable.js';
import { Facts } from '../shared/facts.js';
import { listPath, TextLink } from '../shared/links.js';
import { Page } from '../shared/page.js';
import { RecordPage } from '../shared/record-page.js';
import { CopyableTime } from '../shared/time.js';
import { ConnectionChange } from './connection-change.js';
import { ConnectionTokens } from './connection-tokens.js';
import { KIND_LABELS } from './scim-options.js';

export const ConnectionShow = () => (
  <RecordPage<ScimConnection>
    resource="scim-connections"
    subject="ScimConnection"
    one="SCIM connection"
  >
    {(connection) => (
      <Page
        title={connection.name}
        actions={
          <>
            <Button
              component={Link}
              to={`/scim-connections/${connection.id}/set-up`}
              variant="contained"
            >
              How to set it up
            </Button>
            <ConnectionChange connection={connection} />
          </>
        }
      >
        <ConnectionFacts connection={connection} />
        <ConnectionTokens connection={connection} />
      </Page>
    )}
  </RecordPage>
);

const ConnectionFacts = ({ connection }: { connection: ScimConnection }) => {
  const can = useCan();
  const { issuer } = connection;
  return (
    <Facts
      columns={3}
      items={[
        { name: 'Client', value: KIND_LABELS[connection.kind] },
        {
          name: 'Its people sign in at',
          value:
            issuer === null ? (
              'no trusted issuer'
            ) : can('read', 'Issuer') ? (
              <TextLink to={`/issuers/${issuer.id}`}>{issuer.name}</TextLink>
            ) : (
              issuer.name
            ),
        },
        { name: 'Added', value: <CopyableTime at={connection.createdAt} /> },
        { name: 'People', value: connection.userCount },
        { name: 'Groups', value: <TextLink to="/groups">{connection.groupCount}</TextLink> },
        { name: 'Agents', value: connection.agentCount },
        { name: 'Id', value: <CopyableId id={connection.id} /> },
        {
          name: 'What it did',
          value: can('read', 'LedgerEntry') ? (
            <TextLink to={listPath('ledger-entries', { actorId: connection.id })}>
              In the ledger
            </TextLink>
          ) : (
            'in the ledger'
          ),
        },
      ]}
    />
  );
};
