import { Alert, Box } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import type { ScimConnection } from '../api/types.js';
import { CopyLine } from '../shared/copy-line.js';
import { TextLink } from '../shared/links.js';
import { Page, Section } from '../shared/page.js';
import { PlainTable } from '../shared/plain-table.js';
import { RecordPage } from '../shared/record-page.js';
import { Failed, Loading } from '../shared/states.js';
import { TwoColumns } from '../shared/two-columns.js';
import { useApi } from '../shared/use-api.js';
import { CreateToken } from './create-token.js';
import { KIND_LABELS, SCOPES } from './scim-options.js';
import { SET_UP_GUIDES, type SetUpGuide } from './set-up-guides.js';

/** What to click and enter at the provisioning client, in its own words, ready to be copied. */
export const ConnectionSetUp = () => (
  <RecordPage<ScimConnection>
    resource="scim-connections"
    subject="ScimConnection"
    one="SCIM connection"
  >
    {(connection) => <SetUp connection={connection} />}
  </RecordPage>
);

const SetUp = ({ connection }: { connection: ScimConnection }) => {
  const { scimConnections } = useApi();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['scim-connections', 'base'],
    queryFn: ({ signal }) => scimConnections(signal),
  });
  const words = SET_UP_GUIDES[connection.kind];
  return (
    <Page
      title={`Set up ${connection.name}`}
      aside={
        <TextLink to={`/scim-connections/${connection.id}`}>
          {KIND_LABELS[connection.kind]} connection
        </TextLink>
      }
    >
      {isPending ? (
        <Loading what="the base address" />
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <TwoColumns
          left={
            <>
              <Credentials connection={connection} words={words} baseUrl={data.baseUrl} />
              <Section title={`Step by step in ${words.where}`}>
                <Box component="ol" sx={{ m: 0, pl: 2.5, display: 'grid', gap: 0.75 }}>
                  {words.steps.map((step) => (
                    <li key={step}>{step}</li>
                  ))}
                </Box>
              </Section>
            </>
          }
          right={
            <>
              <Section title="Attribute mappings">
                <PlainTable
                  label="Attribute mappings"
                  rows={words.mappings}
                  rowKey={({ to }) => to}
                  columns={[
                    { name: words.mappingSource, render: ({ from }) => <Attribute name={from} /> },
                    {
                      name: 'Gatehouse (SCIM)',
                      render: ({ to, why }) => (
                        <>
                          <Attribute name={to} />
                          {why !== null && <Box sx={{ color: 'text.secondary' }}>{why}</Box>}
                        </>
                      ),
                    },
                  ]}
                />
                <Box sx={{ mt: 1, color: 'text.secondary' }}>{words.mappingNote}</Box>
              </Section>
              <Test baseUrl={data.baseUrl} />
              <Scopes />
            </>
          }
        />
      )}
    </Page>
  );
};

// Attribute names are longer than a column is wide.
const Attribute = ({ name }: { name: string }) => (
  <Box component="code" sx={{ overflowWrap: 'anywhere' }}>
    {name}
  </Box>
);

const Credentials = ({
  connection,
  words,
  baseUrl,
}: {
  connection: ScimConnection;
  words: SetUpGuide;
  baseUrl: string;
}) => (
  <Section title="What to enter there">
    <Box sx={{ display: 'grid', gap: 1.25 }}>
      <CopyLine label={words.baseUrlName} value={baseUrl} />
      {baseUrl.startsWith('http://') && (
        <Alert severity="warning" variant="outlined">
          {KIND_LABELS[connection.kind]} accepts only an https address that it can reach. Set the
          installation’s public address first.
        </Alert>
      )}
      <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center', flexWrap: 'wrap' }}>
        <Box>
          <strong>{words.tokenName}</strong>: a token of this connection. It is shown once, when it
          is made.
        </Box>
        <CreateToken connection={connection} />
      </Box>
    </Box>
  </Section>
);

const Test = ({ baseUrl }: { baseUrl: string }) => (
  <Section title="Test it with curl">
    <Box sx={{ display: 'grid', gap: 1 }}>
      <CopyLine
        label="With a token that has users:read; put it into the variable TOKEN first"
        value={`curl -i -H "Authorization: Bearer $TOKEN" "${baseUrl}/Users?count=1"`}
      />
      <Box sx={{ color: 'text.secondary' }}>
        200 and a ListResponse: it works. 401: the token is wrong, has ended or was revoked. 403:
        its scopes lack users:read.
      </Box>
    </Box>
  </Section>
);

const Scopes = () => (
  <Section title="What each scope lets a token do">
    <PlainTable
      label="Scopes"
      rows={SCOPES}
      rowKey={({ id }) => id}
      columns={[
        { name: 'Scope', render: ({ id }) => <code className="nowrap">{id}</code> },
        { name: 'Lets it', render: ({ meaning }) => meaning },
      ]}
    />
    <Box sx={{ mt: 1, color: 'text.secondary' }}>
      No scope gives anybody a role or a team: that is decided here.
    </Box>
  </Section>
);
