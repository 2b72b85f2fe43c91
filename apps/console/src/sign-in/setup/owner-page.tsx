import { Alert, Box, Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import type { RoleView } from '../../api/types.js';
import { useCan, useSession } from '../session-store.js';
import { ROLE_LABELS } from '../who-can.js';
import { AssignRoleButton } from '../../roles/assign-role.js';
import { Badge } from '../../shared/badge.js';
import { PersonLink } from '../../shared/links.js';
import { Line } from '../../shared/line.js';
import { Page, Section } from '../../shared/page.js';
import { PlainTable } from '../../shared/plain-table.js';
import { ReasonButton } from '../../shared/reason-button.js';
import { Failed, RequirePermission, Loading } from '../../shared/states.js';
import { useApi } from '../../shared/use-api.js';
import { isMissing, ROLE_USES } from '../../roles/role-uses.js';

/** What the owner of a fresh installation does, in order: people, first two holders, and then go. */
export const OwnerPage = () => (
  <RequirePermission subject="RoleAssignment" what="set the installation up">
    <OwnerBody />
  </RequirePermission>
);

const OwnerBody = () => {
  const { roles } = useApi();
  const can = useCan();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['roles', 'matrix'],
    queryFn: ({ signal }) => roles(signal),
  });
  return (
    <Page title="Set up this installation">
      <Alert severity="info" variant="outlined">
        The owner adds people, appoints the first two holders of each role, and then retires. From
        then on the holders of a role give it to others, who approve nothing before the cooling-off
        period is over. Appoint two people for IT and for security: one approves what the other
        proposes.
      </Alert>
      <Section title="1. Add people">
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
          {can('register', 'Person') && (
            <Button component={Link} to="/people/add">
              Add a person
            </Button>
          )}
          <Button component={Link} to="/people" variant="text">
            Who is known already
          </Button>
          <Button component={Link} to="/teams" variant="text">
            Teams
          </Button>
          <Box sx={{ color: 'text.secondary' }}>
            A few are enough: the others come by SCIM, once IT has connected it.
          </Box>
        </Box>
      </Section>
      <Section title="2. Appoint the first two holders of each role">
        {isPending ? (
          <Loading what="the roles" />
        ) : error ? (
          <Failed error={error} onRetry={() => void refetch()} />
        ) : (
          <FirstHolders roles={data.items} />
        )}
      </Section>
      {data !== undefined && <Retire roles={data.items} />}
    </Page>
  );
};

const FirstHolders = ({ roles }: { roles: readonly RoleView[] }) => (
  <PlainTable
    label="Roles and their first holders"
    rows={roles.filter(({ role }) => role !== 'owner')}
    rowKey={({ role }) => role}
    columns={[
      { name: 'Role', render: ({ role }) => <strong>{ROLE_LABELS[role]}</strong> },
      { name: 'For', render: ({ role }) => ROLE_USES[role] },
      {
        name: 'State',
        render: (view) => <Badge name={isMissing(view) ? 'role:missing' : 'role:held'} />,
      },
      {
        name: 'Held by',
        render: ({ holders, holderCount }) => (
          <>
            {holders.slice(0, 2).map(({ person, via }) => (
              <Line key={`${person.id} ${via}`}>
                <PersonLink person={person} />
              </Line>
            ))}
            {holderCount > 2 && `and ${holderCount - 2} more`}
          </>
        ),
      },
      {
        name: '',
        render: (view) => <AssignRoleButton role={view.role} holderCount={view.holderCount} />,
      },
    ]}
  />
);

// Without these two nobody can run it and nobody can be appointed any more.
const NEEDED = ['it', 'security'] as const;

const Retire = ({ roles }: { roles: readonly RoleView[] }) => {
  const session = useSession();
  const { withdrawRole } = useApi();
  if (session === null || !session.person.roles.includes('owner')) return null;
  const missing = roles.filter((view) => view.role !== 'owner' && isMissing(view));
  const needed = missing.filter(({ role }) => NEEDED.some((one) => one === role));
  const personId = session.person.id;
  return (
    <Section title="3. Retire as the owner">
      <Box sx={{ display: 'grid', gap: 1, justifyItems: 'start' }}>
        {missing.length === 0 ? (
          <Box>Every role has a holder. You are not needed as the owner any more.</Box>
        ) : (
          <Alert severity="warning" variant="outlined">
            Nobody holds {new Intl.ListFormat('en').format(missing.map((v) => ROLE_LABELS[v.role]))}{' '}
            yet.
            {needed.length > 0 &&
              ' Appoint IT and security before you retire: without them nobody can run this installation.'}
          </Alert>
        )}
        {needed.length === 0 && (
          <ReasonButton
            label="Retire as the owner…"
            action="withdraw"
            subject="RoleAssignment"
            instance={{ personId, role: 'owner', hasHolder: true, hasTwoHolders: true }}
            title="Retire as the owner?"
            verb="Retire"
            verbing="Retiring"
            isDangerous
            act={(reason) => withdrawRole({ personId, role: 'owner', reason })}
            done="You are not the owner any more."
            onDone={() => window.location.assign('/')}
          >
            You give up the owner’s rights for good; other roles that you hold stay. Roles that
            nobody holds can then be given by security alone.
          </ReasonButton>
        )}
      </Box>
    </Section>
  );
};
