import { Alert, Box, Paper } from '@mui/material';
import { DataTable } from 'react-admin';
import type { EmergencyAccess } from '../../api/types.js';
import { useCan, useSession } from '../../sign-in/session-store.js';
import { Badge } from '../../shared/badge.js';
import { SelectFilter } from '../../shared/filters.js';
import { PersonLink } from '../../shared/links.js';
import { ListPage } from '../../shared/list-page.js';
import { useLive } from '../../shared/live.js';
import { Page, Section } from '../../shared/page.js';
import { Quoted } from '../../shared/quoted.js';
import { Empty, RequirePermission, ForbiddenHint } from '../../shared/states.js';
import { Time } from '../../shared/time.js';
import { EmergencyChanges } from './emergency-changes.js';
import { EndEmergency } from './end-emergency.js';
import { OpenEmergency } from './open-emergency.js';

const REFRESH_MS = 15_000;
const STATES = [{ id: 'open', name: 'Open now' }];

const Column = DataTable.Col<EmergencyAccess>;

/** Who has more rights than their own right now, and the way to take them for minutes. */
export const EmergencyPage = () => {
  const can = useCan();
  if (can('read', 'EmergencyAccess')) return <EmergencyList />;
  return (
    <RequirePermission action="open" subject="EmergencyAccess" what="open emergency access">
      <Page title="Emergency access">
        <Own />
        <ForbiddenHint
          action="read"
          subject="EmergencyAccess"
          what="see others’ emergency access"
        />
      </Page>
    </RequirePermission>
  );
};

const EmergencyList = () => {
  const live = useLive(REFRESH_MS);
  return (
    <ListPage
      resource="emergency-access"
      subject="EmergencyAccess"
      title="Emergency access"
      one="emergency"
      many="emergencies"
      refetchInterval={live}
      above={<Own />}
      filters={<SelectFilter source="state" label="State" choices={STATES} />}
      empty={
        <Empty title="Nobody has ever opened emergency access">
          When somebody does, it is listed here, and an alert tells the others.
        </Empty>
      }
    >
      <Column
        source="person"
        label="Who"
        disableSort
        render={({ person }) => <PersonLink person={person} />}
      />
      <Column
        source="isOpen"
        label="State"
        disableSort
        render={({ isOpen }) => <Badge name={isOpen ? 'emergency:open' : 'emergency:ended'} />}
      />
      <Column
        source="reason"
        label="Reason"
        disableSort
        render={({ reason }) => <Quoted text={reason} />}
      />
      <Column
        source="startedAt"
        label="Opened"
        disableSort
        render={({ startedAt }) => <Time at={startedAt} />}
      />
      <Column
        source="expiresAt"
        label="Ends"
        disableSort
        render={({ expiresAt, endedAt }) =>
          endedAt === null ? <Time at={expiresAt} isToCome /> : <Time at={endedAt} />
        }
      />
      <Column
        source="changes"
        label="Done in it"
        disableSort
        render={(one) => <EmergencyChanges emergency={one} />}
      />
      <Column source="id" label="" disableSort render={(one) => <EndOne one={one} />} />
    </ListPage>
  );
};

const EndOne = ({ one }: { one: EmergencyAccess }) => {
  const can = useCan();
  const session = useSession();
  if (!one.isOpen || !can('close', 'EmergencyAccess', { personId: one.person.id })) return null;
  return <EndEmergency id={one.id} label="End…" isOwn={one.person.id === session?.person.id} />;
};

/** The reader's own: open it, or how long it is open yet. */
const Own = () => {
  const can = useCan();
  const session = useSession();
  return (
    <Section title="When nobody else can help">
      <Box
        sx={{
          display: 'grid',
          gap: 1.5,
          alignItems: 'start',
          gridTemplateColumns: { xs: '1fr', lg: '1fr 1fr' },
        }}
      >
        <What />
        {session?.emergency ? (
          <Alert severity="warning">
            Your emergency access is open, until you end it by the bar on top or it ends by itself{' '}
            <Time at={session.emergency.expiresAt} isToCome />
          </Alert>
        ) : can('open', 'EmergencyAccess') ? (
          <OpenEmergency />
        ) : (
          <Paper sx={{ p: 1.5 }}>
            <ForbiddenHint action="open" subject="EmergencyAccess" what="open it" />
          </Paper>
        )}
      </Box>
    </Section>
  );
};

const What = () => (
  <Box>
    <Box component="ul" sx={{ m: 0, pl: 2.5, display: 'grid', gap: 0.5 }}>
      <li>
        <strong>It gives</strong> the rights of IT and security, for 5 to 60 minutes, at once: to
        stop, suspend, revoke, and mend what is broken.
      </li>
      <li>
        <strong>It does not give</strong> what needs a second person: you cannot publish a policy,
        give a role or confirm a proposed change with it.
      </li>
      <li>
        <strong>It leaves nothing behind:</strong> what you register, bind, activate or release with
        it ends with it, unless two people of IT and security keep it.
      </li>
      <li>
        <strong>It is once a day:</strong> another one within a day waits for a second person.
      </li>
      <li>
        <strong>It is seen:</strong> an alert tells IT and security the moment that it opens, with
        your reason; every act is in the ledger.
      </li>
    </Box>
  </Box>
);
