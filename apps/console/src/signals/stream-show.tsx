import { Alert, Box } from '@mui/material';
import type { SignalStreamDetail } from '../api/types.js';
import { Badge } from '../shared/badge.js';
import { CopyLine } from '../shared/copy-line.js';
import { CopyableId } from '../shared/copyable.js';
import { Facts } from '../shared/facts.js';
import { AgentLink, TextLink } from '../shared/links.js';
import { Page, Section } from '../shared/page.js';
import { PlainTable } from '../shared/plain-table.js';
import { Quoted } from '../shared/quoted.js';
import { RecordPage } from '../shared/record-page.js';
import { Empty } from '../shared/states.js';
import { CopyableTime } from '../shared/time.js';
import { visibleText } from '../shared/format.js';
import { StreamActions } from './stream-actions.js';

const REFRESH_MS = 15_000;

export const StreamShow = () => (
  <RecordPage<SignalStreamDetail>
    resource="signal-streams"
    subject="SignalStream"
    one="stream"
    refetchInterval={() => REFRESH_MS}
  >
    {(stream) => (
      <Page
        title={`Signals of ${stream.issuer.name}`}
        aside={<Badge name={stream.enabled ? 'stream:on' : 'stream:off'} />}
        actions={<StreamActions stream={stream} />}
      >
        {stream.lastError !== null && (
          <Alert severity="error">
            The last poll failed: <Quoted text={stream.lastError} max={300} /> It is tried again.
          </Alert>
        )}
        <Facts columns={2} items={factsOf(stream)} />
        {stream.delivery === 'push' && <AtTheTransmitter stream={stream} />}
        <Section title="Newest signals">
          <Signals stream={stream} />
        </Section>
      </Page>
    )}
  </RecordPage>
);

const factsOf = (stream: SignalStreamDetail) => [
  {
    name: 'Issuer',
    value: <TextLink to={`/issuers/${stream.issuer.id}`}>{stream.issuer.name}</TextLink>,
  },
  { name: 'Delivery', value: stream.delivery === 'push' ? 'pushed to us' : 'polled by us' },
  { name: 'Audience', value: <CopyableId id={stream.audience} /> },
  {
    name: 'Last signal',
    value:
      stream.lastReceivedAt === null ? 'none yet' : <CopyableTime at={stream.lastReceivedAt} />,
  },
  ...(stream.pollUrl === null
    ? []
    : [
        { name: 'Poll address', value: <CopyableId id={stream.pollUrl} /> },
        {
          name: 'Last poll',
          value: stream.lastPolledAt === null ? 'never' : <CopyableTime at={stream.lastPolledAt} />,
        },
      ]),
  { name: 'Since', value: <CopyableTime at={stream.createdAt} /> },
  { name: 'Id', value: <CopyableId id={stream.id} /> },
];

const AtTheTransmitter = ({ stream }: { stream: SignalStreamDetail }) => (
  <Section title="Enter this at the transmitter">
    <Box sx={{ display: 'grid', gap: 1 }}>
      <CopyLine
        label="Push address (endpoint_url), POST of application/secevent+jwt"
        value={stream.pushUrl}
      />
      <CopyLine label="Audience (aud)" value={stream.audience} />
      <Box sx={{ color: 'text.secondary' }}>
        Events: session-revoked, credential-change, device-compliance-change. No authorization
        header is needed: each signal proves itself by its signature.
      </Box>
    </Box>
  </Section>
);

const NAME_AT = '/';

const Signals = ({ stream }: { stream: SignalStreamDetail }) =>
  stream.signals.length === 0 ? (
    <Empty title="No signal has come yet">
      Ask the transmitter for a verification event, or wait for the first one.
    </Empty>
  ) : (
    <PlainTable
      label="Newest signals"
      rows={stream.signals}
      rowKey={({ id }) => id}
      columns={[
        { name: 'When', render: ({ receivedAt }) => <CopyableTime at={receivedAt} /> },
        {
          name: 'Signal',
          render: ({ eventType }) => (
            <span title={eventType}>
              {visibleText(eventType.slice(eventType.lastIndexOf(NAME_AT) + 1))}
            </span>
          ),
        },
        { name: 'Effect', render: ({ effect }) => <Badge name={`signal:${effect}`} /> },
        {
          name: 'About',
          render: ({ person, agents }) => (
            <>
              {person !== null && (
                <TextLink to={`/people/${person.id}`}>{visibleText(person.name)}</TextLink>
              )}
              {agents.map((agent) => (
                <div key={agent.id}>
                  <AgentLink agent={agent} />
                </div>
              ))}
              {person === null && agents.length === 0 && '–'}
            </>
          ),
        },
      ]}
    />
  );
