import { Box } from '@mui/material';
import { DataTable } from 'react-admin';
import type { Stop } from '../api/types.js';
import { By } from '../policy-versions/by.js';
import { Badge } from '../shared/badge.js';
import { SelectFilter } from '../shared/filters.js';
import { listPath, To } from '../shared/links.js';
import { ListPage } from '../shared/list-page.js';
import { Quoted } from '../shared/quoted.js';
import { Empty, Failed } from '../shared/states.js';
import { Time } from '../shared/time.js';
import { StopActions } from './stop-chooser.js';
import { StopNotice } from './stop-notice.js';
import { Stopped } from './stop-words.js';
import { useStopsInForce } from './stops-in-force.js';

const SCOPES = [
  { id: 'everything', name: 'Everything' },
  { id: 'server', name: 'A tool server' },
  { id: 'tool', name: 'A tool' },
];

const IN_FORCE = [
  { id: 'true', name: 'In force' },
  { id: 'false', name: 'Lifted' },
];

const Column = DataTable.Col<Stop>;

export const StopList = () => (
  <ListPage
    resource="stops"
    subject="Stop"
    title="Stops"
    one="stop"
    actions={<StopActions />}
    above={<InForce />}
    filters={
      <>
        <SelectFilter source="inForce" label="State" choices={IN_FORCE} />
        <SelectFilter source="scope" label="Size" choices={SCOPES} />
      </>
    }
    empty={<Empty title="Nothing was ever stopped">Every stop stays listed here.</Empty>}
  >
    <Column
      source="state"
      label="State"
      disableSort
      render={({ liftedAt }) => (
        <Badge name={liftedAt === null ? 'stop:in-force' : 'stop:lifted'} />
      )}
    />
    <Column source="scope" label="What" disableSort render={(stop) => <Stopped stop={stop} />} />
    <Column
      source="reason"
      label="Reason"
      disableSort
      render={({ reason }) => <Quoted text={reason} max={90} />}
    />
    <Column
      source="stoppedBy"
      label="Stopped by"
      disableSort
      render={({ stoppedBy }) => <By person={stoppedBy} />}
    />
    <Column
      source="stoppedAt"
      label="Stopped"
      disableSort
      render={({ stoppedAt }) => <Time at={stoppedAt} />}
    />
    <Column
      source="liftedAt"
      label="Lifted"
      disableSort
      render={(stop) => <Lifted stop={stop} />}
    />
  </ListPage>
);

const Lifted = ({ stop: { liftedAt, liftedBy, liftedReason } }: { stop: Stop }) => {
  if (liftedAt === null) return <>not yet</>;
  return (
    <>
      <Time at={liftedAt} /> by <By person={liftedBy} />
      {liftedReason !== null && (
        <>
          : <Quoted text={liftedReason} max={90} />
        </>
      )}
    </>
  );
};

const InForce = () => {
  const { data = [], error, isPending, refetch } = useStopsInForce();
  if (error !== null) return <Failed error={error} onRetry={() => void refetch()} />;
  if (isPending) return null;
  return (
    <Box component="section" aria-label="What is stopped now" sx={{ display: 'grid', gap: 1 }}>
      {data.length === 0 ? (
        <Box>
          <strong>Nothing is stopped.</strong> One agent is stopped by suspending it: see{' '}
          <To to={listPath('agents', { state: 'suspended' })}>suspended agents</To>.
        </Box>
      ) : (
        data.map((stop) => <StopNotice key={stop.id} stop={stop} />)
      )}
    </Box>
  );
};
