import { Box } from '@mui/material';
import { DataTable } from 'react-admin';
import type { KillSwitch } from '../api/types.js';
import { ByPerson } from '../shared/by-person.js';
import { Badge } from '../shared/badge.js';
import { SelectFilter } from '../shared/filters.js';
import { listPath, TextLink } from '../shared/links.js';
import { ListPage } from '../shared/list-page.js';
import { Quoted } from '../shared/quoted.js';
import { Empty, Failed } from '../shared/states.js';
import { Time } from '../shared/time.js';
import { KillSwitchActions } from './kill-switch-chooser.js';
import { KillSwitchNotice } from './kill-switch-notice.js';
import { TargetLink } from './kill-switch-target.js';
import { useActiveKillSwitches } from './active-kill-switches.js';

const SCOPES = [
  { id: 'everything', name: 'Everything' },
  { id: 'server', name: 'A tool server' },
  { id: 'tool', name: 'A tool' },
];

const IN_FORCE = [
  { id: 'true', name: 'In force' },
  { id: 'false', name: 'Released' },
];

const Column = DataTable.Col<KillSwitch>;

export const KillSwitchList = () => (
  <ListPage
    resource="kill-switches"
    subject="KillSwitch"
    title="Kill switches"
    one="kill switch"
    many="kill switches"
    actions={<KillSwitchActions />}
    above={<InForce />}
    filters={
      <>
        <SelectFilter source="inForce" label="State" choices={IN_FORCE} />
        <SelectFilter source="scope" label="Scope" choices={SCOPES} />
      </>
    }
    empty={
      <Empty title="No kill switch was ever activated">Every kill switch stays listed here.</Empty>
    }
  >
    <Column
      source="state"
      label="State"
      disableSort
      render={({ releasedAt }) => (
        <Badge name={releasedAt === null ? 'kill-switch:active' : 'kill-switch:released'} />
      )}
    />
    <Column
      source="scope"
      label="What"
      disableSort
      render={(killSwitch) => <TargetLink killSwitch={killSwitch} />}
    />
    <Column
      source="reason"
      label="Reason"
      disableSort
      render={({ reason }) => <Quoted text={reason} max={90} />}
    />
    <Column
      source="activatedBy"
      label="Activated by"
      disableSort
      render={({ activatedBy }) => <ByPerson person={activatedBy} />}
    />
    <Column
      source="activatedAt"
      label="Activated"
      disableSort
      render={({ activatedAt }) => <Time at={activatedAt} />}
    />
    <Column
      source="releasedAt"
      label="Released"
      disableSort
      render={(killSwitch) => <Released killSwitch={killSwitch} />}
    />
  </ListPage>
);

const Released = ({
  killSwitch: { releasedAt, releasedBy, releaseReason },
}: {
  killSwitch: KillSwitch;
}) => {
  if (releasedAt === null) return <>not yet</>;
  return (
    <>
      <Time at={releasedAt} /> by <ByPerson person={releasedBy} />
      {releaseReason !== null && (
        <>
          : <Quoted text={releaseReason} max={90} />
        </>
      )}
    </>
  );
};

const InForce = () => {
  const { data = [], error, isPending, refetch } = useActiveKillSwitches();
  if (error !== null) return <Failed error={error} onRetry={() => void refetch()} />;
  if (isPending) return null;
  return (
    <Box component="section" aria-label="What is stopped now" sx={{ display: 'grid', gap: 1 }}>
      {data.length === 0 ? (
        <Box>
          <strong>Nothing is stopped.</strong> One agent is stopped by suspending it: see{' '}
          <TextLink to={listPath('agents', { state: 'suspended' })}>suspended agents</TextLink>.
        </Box>
      ) : (
        data.map((killSwitch) => <KillSwitchNotice key={killSwitch.id} killSwitch={killSwitch} />)
      )}
    </Box>
  );
};
