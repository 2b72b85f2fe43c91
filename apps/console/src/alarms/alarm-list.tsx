import { DataTable } from 'react-admin';
import type { Alarm } from '../api/types.js';
import { useMay } from '../session/session-store.js';
import { Badge } from '../shared/badge.js';
import { SelectFilter } from '../shared/filters.js';
import { ListPage } from '../shared/list-page.js';
import { useLive } from '../shared/live.js';
import { Quoted } from '../shared/quoted.js';
import { Empty, NotYours } from '../shared/states.js';
import { Time } from '../shared/time.js';
import { visibleText } from '../shared/words.js';
import { Acknowledge } from './acknowledge.js';
import { ALARM_WORDS, AlarmSubject } from './alarm-words.js';

const REFRESH_MS = 10_000;
const ALL = [{ id: 'all', name: 'All' }];
const KINDS = Object.entries(ALARM_WORDS).map(([id, name]) => ({ id, name }));

const Column = DataTable.Col<Alarm>;

export const AlarmList = () => {
  const mayAcknowledge = useMay()('acknowledge', 'Alarm');
  return (
    <ListPage
      resource="alarms"
      subject="Alarm"
      title="Alarms"
      one="alarm"
      refetchInterval={useLive(REFRESH_MS)}
      actions={
        !mayAcknowledge && (
          <NotYours action="acknowledge" subject="Alarm" what="acknowledge alarms" />
        )
      }
      filters={
        <>
          <SelectFilter source="state" label="State" choices={ALL} unset="Open" width={110} />
          <SelectFilter source="kind" label="Kind" choices={KINDS} width={260} />
        </>
      }
      empty={
        <Empty title="No alarm is open">
          Alarms appear when somebody must look: emergency access, new members of privileged groups,
          orphaned or suspended agents, signals, stops of everything.
        </Empty>
      }
    >
      <Column
        source="raisedAt"
        label="Raised"
        disableSort
        render={({ raisedAt }) => <Time at={raisedAt} />}
      />
      <Column
        source="state"
        label="State"
        disableSort
        render={({ acknowledged }) => (
          <Badge name={acknowledged === null ? 'alarm:open' : 'alarm:acknowledged'} />
        )}
      />
      <Column source="kind" label="Kind" disableSort render={({ kind }) => ALARM_WORDS[kind]} />
      <Column
        source="message"
        label="What happened"
        disableSort
        render={({ message }) => visibleText(message)}
      />
      <Column
        source="subject"
        label="About"
        disableSort
        render={(alarm) => <AlarmSubject alarm={alarm} />}
      />
      <Column
        source="acknowledged"
        label="Acknowledged"
        disableSort
        render={(alarm) => <Acknowledged alarm={alarm} mayAcknowledge={mayAcknowledge} />}
      />
    </ListPage>
  );
};

const Acknowledged = ({ alarm, mayAcknowledge }: { alarm: Alarm; mayAcknowledge: boolean }) => {
  const { acknowledged } = alarm;
  if (acknowledged === null) return mayAcknowledge ? <Acknowledge alarm={alarm} /> : <>not yet</>;
  return (
    <>
      <Time at={acknowledged.at} /> by {acknowledged.by?.name ?? 'the installation'}:{' '}
      <Quoted text={acknowledged.note} max={90} />
    </>
  );
};
