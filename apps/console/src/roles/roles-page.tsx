import { Alert, Box, Link } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { GroupMapping, RoleView } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { ROLE_LABELS } from '../sign-in/who-can.js';
import { Badge } from '../shared/badge.js';
import { listPath, PersonLink, TextLink } from '../shared/links.js';
import { Page, Section } from '../shared/page.js';
import { PlainTable } from '../shared/plain-table.js';
import { Empty, Failed, RequirePermission, Loading, ForbiddenHint } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';
import { formatCount } from '../shared/format.js';
import { AssignRoleButton, WHO_ASSIGNS } from './assign-role.js';
import { MappingsTable } from './mappings-table.js';
import { MapGroup } from './map-group.js';
import { OpenProposals } from '../proposed-changes/open-proposals.js';
import { countLines, RightsList } from './rights-list.js';
import { isMissing, ROLE_USES } from './role-uses.js';
import { RoleSourceText } from './role-source-text.js';

/** What each role may do, who has it and why, and which groups give it. */
export const RolesPage = () => (
  <RequirePermission subject="RoleAssignment" what="see who holds which role">
    <RolesBody />
  </RequirePermission>
);

const RolesBody = () => {
  const can = useCan();
  const { roles, groupMappings } = useApi();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['roles', 'matrix'],
    queryFn: ({ signal }) => roles(signal),
  });
  const canRead = can('read', 'GroupMapping');
  const mappings = useQuery({
    queryKey: ['group-mappings'],
    queryFn: ({ signal }) => groupMappings(signal),
    enabled: canRead,
  });
  const groups = canRead ? (
    <Mappings
      mappings={mappings.data?.items ?? null}
      error={mappings.error}
      onRetry={() => void mappings.refetch()}
    />
  ) : (
    <ForbiddenHint action="read" subject="GroupMapping" what="see which groups give roles" />
  );
  return (
    <Page title="Roles" aside={<Box sx={{ color: 'text.secondary' }}>{WHO_ASSIGNS}</Box>}>
      {isPending ? (
        <Loading what="the roles" />
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <>
          <Missing roles={data.items} />
          <Matrix roles={data.items} />
        </>
      )}
      {groups}
    </Page>
  );
};

const Missing = ({ roles }: { roles: readonly RoleView[] }) => {
  const missing = roles.filter(isMissing).map(({ role }) => ROLE_LABELS[role]);
  if (missing.length === 0) return null;
  return (
    <Alert severity="warning">
      Nobody holds {new Intl.ListFormat('en').format(missing)}. Security, or the owner of a fresh
      installation, appoints the first holder.
    </Alert>
  );
};

const HOLDERS_AT_FIRST = 5;

const Matrix = ({ roles }: { roles: readonly RoleView[] }) => (
  <Section title="Who has which role, and why">
    <PlainTable
      label="Roles"
      rows={roles.filter(({ role, holderCount }) => role !== 'owner' || holderCount > 0)}
      rowKey={({ role }) => role}
      columns={[
        {
          name: 'Role',
          width: '24%',
          render: ({ role, holderCount }) => (
            <>
              <Box sx={{ fontWeight: 600 }}>{ROLE_LABELS[role]}</Box>
              <Box sx={{ color: 'text.secondary' }}>{ROLE_USES[role]}</Box>
              <Box sx={{ mt: 0.5 }}>
                <AssignRoleButton role={role} holderCount={holderCount} />
              </Box>
            </>
          ),
        },
        { name: 'Held by', render: (view) => <Holders view={view} /> },
        {
          name: 'What it may do',
          width: '36%',
          render: ({ rights }) => <Rights rights={rights} />,
        },
      ]}
    />
  </Section>
);

const Holders = ({ view }: { view: RoleView }) => {
  const [isWhole, setWhole] = useState(false);
  const { role, holders, holderCount } = view;
  if (holderCount === 0) {
    return (
      <>
        <Badge name="role:missing" />
        <Box sx={{ mt: 0.5 }}>
          <AssignRoleButton role={role} holderCount={0} />
        </Box>
      </>
    );
  }
  const shown = isWhole ? holders : holders.slice(0, HOLDERS_AT_FIRST);
  return (
    <Box sx={{ display: 'grid', gap: 0.75 }}>
      {shown.map((holder) => (
        <Box key={`${holder.person.id} ${holder.via} ${holder.group?.id ?? ''}`}>
          <PersonLink person={holder.person} />
          <Box sx={{ color: 'text.secondary' }}>
            <RoleSourceText source={holder} />
          </Box>
        </Box>
      ))}
      {holders.length > HOLDERS_AT_FIRST && (
        <More isWhole={isWhole} count={holders.length} onToggle={() => setWhole(!isWhole)} />
      )}
      <TextLink to={listPath('people', { role })}>
        {formatCount(holderCount, 'person', 'people')}
      </TextLink>
    </Box>
  );
};

const More = ({
  isWhole,
  count,
  onToggle,
}: {
  isWhole: boolean;
  count: number;
  onToggle: () => void;
}) => (
  <Box>
    <Link component="button" type="button" onClick={onToggle}>
      {isWhole ? 'show fewer' : `show all ${count}`}
    </Link>
  </Box>
);

const RIGHTS_AT_FIRST = 4;

const Rights = ({ rights }: { rights: readonly string[] }) => {
  const [isWhole, setWhole] = useState(false);
  const count = countLines(rights);
  return (
    <>
      <RightsList rights={rights} {...(isWhole ? {} : { max: RIGHTS_AT_FIRST })} />
      {count > RIGHTS_AT_FIRST && (
        <More isWhole={isWhole} count={count} onToggle={() => setWhole(!isWhole)} />
      )}
    </>
  );
};

const Mappings = ({
  mappings,
  error,
  onRetry,
}: {
  mappings: readonly GroupMapping[] | null;
  error: Error | null;
  onRetry: () => void;
}) => (
  <Section title="Groups that give a role" aside={<MapGroup />}>
    <OpenProposals command="map-group" />
    {error !== null ? (
      <Failed error={error} onRetry={onRetry} />
    ) : mappings === null ? (
      <Loading what="the mappings" />
    ) : mappings.length === 0 ? (
      <Empty title="No group gives a role">
        Map a group from the company’s IAM to a role, and joiners and leavers are handled there. A
        holder of the role confirms each mapping; SCIM cannot.
      </Empty>
    ) : (
      <MappingsTable label="Groups that give a role" mappings={mappings} />
    )}
  </Section>
);
