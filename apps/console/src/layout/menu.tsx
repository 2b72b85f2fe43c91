import { Box } from '@mui/material';
import { Link, useLocation } from 'react-router-dom';
import type { Action, SubjectName } from '../sign-in/ability.js';
import { useCan } from '../sign-in/session-store.js';
import { MenuCount } from './menu-count.js';

interface Place {
  readonly path: string;
  readonly name: string;
  readonly subject: SubjectName;
  /** Who may do this has a use for the place too, even without seeing all of it. */
  readonly also?: Action;
  /** Whose list says how much waits there for the reader. */
  readonly waiting?: { readonly filter: Readonly<Record<string, string>>; readonly what: string };
}

const GROUPS: readonly (readonly Place[])[] = [
  [
    { path: '/', name: 'Overview', subject: 'Overview' },
    { path: '/alerts', name: 'Alerts', subject: 'Alert' },
    {
      path: '/proposed-changes',
      name: 'Proposed changes',
      subject: 'ProposedChange',
      waiting: { filter: { state: 'to_confirm' }, what: 'for you to confirm' },
    },
    { path: '/kill-switches', name: 'Kill switches', subject: 'KillSwitch' },
  ],
  [
    { path: '/agents', name: 'Agents', subject: 'Agent' },
    { path: '/unregistered-agents', name: 'Unregistered', subject: 'UnregisteredAgent' },
    { path: '/access-requests', name: 'Access requests', subject: 'AccessRequest' },
    { path: '/delegations', name: 'Delegations', subject: 'Delegation' },
  ],
  [
    { path: '/tool-servers', name: 'Tool servers', subject: 'ToolServer' },
    { path: '/tools', name: 'Tools', subject: 'Tool' },
  ],
  [
    { path: '/policies', name: 'Policies', subject: 'Policy' },
    { path: '/policy-versions', name: 'Policy changes', subject: 'PolicyVersion' },
  ],
  [
    { path: '/calls', name: 'Calls', subject: 'Call' },
    { path: '/ledger-entries', name: 'Ledger', subject: 'LedgerEntry' },
  ],
  [
    { path: '/people', name: 'People', subject: 'Person' },
    { path: '/groups', name: 'Groups', subject: 'Group' },
    { path: '/teams', name: 'Teams', subject: 'Team' },
    { path: '/roles', name: 'Roles', subject: 'RoleAssignment' },
    {
      path: '/emergency-access',
      name: 'Emergency access',
      subject: 'EmergencyAccess',
      also: 'open',
    },
  ],
  [
    { path: '/issuers', name: 'Issuers', subject: 'Issuer' },
    { path: '/scim-connections', name: 'SCIM', subject: 'ScimConnection' },
    { path: '/signal-streams', name: 'Shared Signals', subject: 'SignalStream' },
    { path: '/signing-keys', name: 'Signing keys', subject: 'SigningKey' },
  ],
];

/** The places that the reader's roles open. */
export const Menu = () => {
  const can = useCan();
  const groups = GROUPS.map((places) =>
    places.filter(
      ({ subject, also }) => can('read', subject) || (also !== undefined && can(also, subject)),
    ),
  );
  return (
    <Box
      component="nav"
      aria-label="Main navigation"
      sx={{
        width: { md: 200 },
        flexShrink: 0,
        display: 'flex',
        flexDirection: { xs: 'row', md: 'column' },
        flexWrap: 'wrap',
        gap: { xs: 0, md: 1 },
        py: { xs: 0.5, md: 1 },
        borderRight: { md: 1 },
        borderBottom: { xs: 1, md: 0 },
        borderColor: { xs: 'divider', md: 'divider' },
        bgcolor: 'background.paper',
      }}
    >
      {groups.map((places) => places.length > 0 && <Group key={places[0]?.path} places={places} />)}
    </Box>
  );
};

const Group = ({ places }: { places: readonly Place[] }) => {
  const { pathname } = useLocation();
  return (
    <Box
      component="ul"
      sx={{ listStyle: 'none', m: 0, p: 0, display: { xs: 'flex', md: 'block' } }}
    >
      {places.map(({ path, name, waiting }) => {
        const isHere = path === '/' ? pathname === '/' : `${pathname}/`.startsWith(`${path}/`);
        return (
          <li key={path}>
            <Box
              component={Link}
              to={path}
              aria-current={isHere ? 'page' : undefined}
              sx={{
                display: 'block',
                px: 1.75,
                py: 0.4,
                color: isHere ? 'primary.main' : 'text.primary',
                fontWeight: isHere ? 650 : 450,
                textDecoration: 'none',
                // In bold the longest name is wider than the menu's column leaves it.
                whiteSpace: 'nowrap',
                borderLeft: { md: 3 },
                borderColor: isHere ? { md: 'primary.main' } : { md: 'transparent' },
                '&:hover': { bgcolor: 'action.hover' },
              }}
            >
              {name}
              {waiting !== undefined && <MenuCount resource={path.slice(1)} {...waiting} />}
            </Box>
          </li>
        );
      })}
    </Box>
  );
};
