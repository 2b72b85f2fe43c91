import { DataTable } from 'react-admin';
import type { Alert } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { SelectFilter } from '../shared/filters.js';
import { TextLink } from '../shared/links.js';
import { ListPage } from '../shared/list-page.js';
import { useLive } from '../shared/live.js';
import { Quoted } from '../shared/quoted.js';
import { Empty, ForbiddenHint } from '../shared/states.js';
import { Time } from '../shared/time.js';
import { visibleText } from '../shared/format.js';
import { Acknowledge } from './acknowledge.js';
import { ALERT_LABELS, AlertSubject } from './alert-labels.js';

const REFRESH_MS = 10_000;
const ALL = [{ id: 'all', name: 'All' }];
const KINDS = Object.entries(ALERT_LABELS).map(([id, name]) => ({ id, name }));

const Column = DataTable.Col<Alert>;

export const AlertList = () => {
  const canAcknowledge = useCan()('acknowledge', 'Alert');
  return (
    <ListPage
      resource="alerts"
      subject="Alert"
      title="Alerts"
      one="alert"
      refetchInterval={useLive(REFRESH_MS)}
      actions={
        !canAcknowledge && (
          <ForbiddenHint action="acknowledge" subject="Alert" what="acknowledge alerts" />
        )
      }
      filters={
        <>
          <SelectFilter source="state" label="State" choices={ALL} unset="Open" width={110} />
          <SelectFilter source="kind" label="Kind" choices={KINDS} width={260} />
        </>
      }
      empty={
        <Empty title="No alert is open">
          Alerts appear when somebody must look: emergency access, new members of privileged groups,
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
          <Badge name={acknowledged === null ? 'alert:open' : 'alert:acknowledged'} />
        )}
      />
      <Column source="kind" label="Kind" disableSort render={({ kind }) => ALERT_LABELS[kind]} />
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
        render={(alert) => <AlertSubject alert={alert} />}
      />
      <Column
        source="by"
        label="By, and whom it concerns"
        disableSort
        render={(alert) => <Concerned alert={alert} />}
      />
      <Column
        source="acknowledged"
        label="Acknowledged"
        disableSort
        render={(alert) => <Acknowledged alert={alert} canAcknowledge={canAcknowledge} />}
      />
    </ListPage>
  );
};

const Concerned = ({ alert: { by, concerned, concernedCount } }: { alert: Alert }) => {
  const others = concerned.filter(({ id }) => id !== by?.id);
  const more = concernedCount - concerned.length;
  return (
    <>
      {by === null ? <div>The system</div> : <TextLink to={`/people/${by.id}`}>{by.name}</TextLink>}
      {others.map((person) => (
        <div key={person.id}>
          <TextLink to={`/people/${person.id}`}>{person.name}</TextLink>
        </div>
      ))}
      {more > 0 && <div>and {more} more</div>}
    </>
  );
};

const Acknowledged = ({ alert, canAcknowledge }: { alert: Alert; canAcknowledge: boolean }) => {
  const { acknowledged } = alert;
  if (acknowledged === null && canAcknowledge && !alert.canAcknowledge)
    return (
      <>Somebody else must look: it concerns you, or people who gave you access or got it by you.</>
    );
  if (acknowledged === null) return canAcknowledge ? <Acknowledge alert={alert} /> : <>not yet</>;
  return (
    <>
      <Time at={acknowledged.at} /> by {acknowledged.by?.name ?? 'the system'}:{' '}
      <Quoted text={acknowledged.note} max={90} />
    </>
  );
};
