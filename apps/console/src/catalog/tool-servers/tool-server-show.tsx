import { Alert } from '@mui/material';
import { useGetList } from 'react-admin';
import type { Tool, ToolServer, ToolServerDetail } from '../../api/types.js';
import { Badge } from '../../shared/badge.js';
import { CopyableId } from '../../shared/copyable.js';
import { Facts } from '../../shared/facts.js';
import { visibleText } from '../../shared/format.js';
import { listPath, PersonLink, TeamLink, TextLink } from '../../shared/links.js';
import { Page, Section } from '../../shared/page.js';
import { PlainTable } from '../../shared/plain-table.js';
import { Quoted } from '../../shared/quoted.js';
import { RecordPage } from '../../shared/record-page.js';
import { Empty, Failed, Loading } from '../../shared/states.js';
import { CopyableTime, Time } from '../../shared/time.js';
import { KillSwitchButton } from '../../kill-switches/kill-switch-button.js';
import { ActivatedBy } from '../../kill-switches/kill-switch-notice.js';
import { ClassificationBadge } from '../tools/classification-badge.js';
import { RefreshTools } from './refresh-tools.js';
import { KIND_LABELS } from './tool-server-options.js';

const DISCOVERY_MS = 2_000;
const TOOLS_SHOWN = 100;

export const ToolServerShow = () => (
  <RecordPage<ToolServerDetail>
    resource="tool-servers"
    subject="ToolServer"
    one="tool server"
    refetchInterval={(server) => (server?.state === 'discovering' ? DISCOVERY_MS : false)}
  >
    {(server) => (
      <Page
        title={server.slug}
        aside={<Badge name={`server:${server.state}`} />}
        actions={
          <>
            <RefreshTools server={server} />
            <KillSwitchButton target={{ scope: 'server', id: server.id, name: server.slug }} />
          </>
        }
      >
        <ActivatedBy ids={[server.id]} />
        {server.state === 'discovering' && (
          <Alert severity={server.stateReason === null ? 'info' : 'warning'}>
            {server.stateReason === null ? (
              'Its tools are being discovered and pinned.'
            ) : (
              <>
                The last attempt failed: <Quoted text={server.stateReason} /> It is tried again.
              </>
            )}{' '}
            This screen follows; you can leave it.
          </Alert>
        )}
        {server.state === 'ready' && server.stateReason !== null && (
          <Alert severity="warning">
            Of the last discovery: <Quoted text={server.stateReason} max={400} />
          </Alert>
        )}
        {server.state === 'failed' && (
          <Alert severity="error">
            Discovery failed:{' '}
            {server.stateReason === null ? (
              'no reason was recorded.'
            ) : (
              <Quoted text={server.stateReason} />
            )}{' '}
            None of its tools can be called.
          </Alert>
        )}
        <Facts
          columns={3}
          items={[
            { name: 'Name', value: server.name },
            { name: 'Kind', value: KIND_LABELS[server.kind] },
            { name: 'Registered', value: <CopyableTime at={server.createdAt} /> },
            { name: 'Owner', value: <PersonLink person={server.owner} /> },
            { name: 'Team', value: <TeamLink team={server.team} /> },
            {
              name: 'Calls',
              value: (
                <TextLink to={listPath('calls', { server: server.slug })}>Calls to it</TextLink>
              ),
            },
            { name: 'Address', value: <CopyableId id={server.url} /> },
            { name: 'Tools', value: server.toolCount },
            { name: 'Id', value: <CopyableId id={server.id} /> },
          ]}
        />
        <Section
          title="Tools"
          aside={
            <TextLink to={listPath('tools', { serverId: server.id })}>In the tools’ list</TextLink>
          }
        >
          <ServerTools server={server} />
        </Section>
        {server.leftOut.length > 0 && (
          <Section title={`Left out (${server.leftOut.length})`}>
            <PlainTable
              label={`Tools of ${server.slug} that were left out`}
              rows={server.leftOut.map((one, index) => ({ ...one, index }))}
              rowKey={({ index }) => String(index)}
              columns={[
                { name: 'Tool', render: ({ name }) => <Quoted text={name} max={110} /> },
                { name: 'Why it was not pinned', render: ({ reason }) => visibleText(reason) },
              ]}
            />
          </Section>
        )}
      </Page>
    )}
  </RecordPage>
);

const ServerTools = ({ server }: { server: ToolServer }) => {
  const { data, error, isPending, refetch } = useGetList<Tool>(
    'tools',
    { pagination: { page: 1, perPage: TOOLS_SHOWN }, filter: { serverId: server.id } },
    {
      refetchInterval: server.state === 'discovering' ? DISCOVERY_MS : false,
      onError: () => undefined,
    },
  );
  if (isPending) return <Loading what="its tools" />;
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data.length === 0) {
    return (
      <Empty title={server.state === 'ready' ? 'It offers no tool' : 'No tool is pinned yet'} />
    );
  }
  return (
    <PlainTable
      label={`Tools of ${server.slug}`}
      rows={data}
      rowKey={({ id }) => id}
      columns={[
        { name: 'Tool', render: ({ id, name }) => <TextLink to={`/tools/${id}`}>{name}</TextLink> },
        {
          name: 'Classified',
          render: (tool) => <ClassificationBadge tool={tool} />,
        },
        {
          name: 'Its own words',
          render: ({ description }) =>
            description === null ? 'none' : <Quoted text={description} max={110} />,
        },
        { name: 'Pinned', render: ({ pinnedAt }) => <Time at={pinnedAt} /> },
      ]}
    />
  );
};
