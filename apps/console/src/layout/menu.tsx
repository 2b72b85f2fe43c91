import { Box } from '@mui/material';
import { Link, useLocation } from 'react-router-dom';
import type { SubjectName } from '../session/ability.js';
import { useMay } from '../session/session-store.js';

interface Place {
  readonly path: string;
  readonly name: string;
  readonly subject: SubjectName;
}

const GROUPS: readonly (readonly Place[])[] = [
  [{ path: '/', name: 'Overview', subject: 'Overview' }],
  [
    { path: '/agents', name: 'Agents', subject: 'Agent' },
    { path: '/tool-servers', name: 'Tool servers', subject: 'ToolServer' },
    { path: '/tools', name: 'Tools', subject: 'Tool' },
  ],
  [
    { path: '/policies', name: 'Policies', subject: 'Policy' },
    { path: '/policy-versions', name: 'Changes', subject: 'PolicyVersion' },
  ],
  [
    { path: '/calls', name: 'Calls', subject: 'Call' },
    { path: '/ledger-entries', name: 'Ledger', subject: 'LedgerEntry' },
  ],
  [
    { path: '/people', name: 'People', subject: 'Person' },
    { path: '/issuers', name: 'Issuers', subject: 'Issuer' },
  ],
];

/** The places that the reader's roles open. */
export const Menu = () => {
  const may = useMay();
  const groups = GROUPS.map((places) => places.filter(({ subject }) => may('read', subject)));
  return (
    <Box
      component="nav"
      aria-label="Places"
      sx={{
        width: { md: 148 },
        flexShrink: 0,
        display: 'flex',
        flexDirection: { xs: 'row', md: 'column' },
        flexWrap: 'wrap',
        gap: { xs: 0, md: 1.25 },
        py: { xs: 0.5, md: 1.5 },
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
      {places.map(({ path, name }) => {
        const isHere = path === '/' ? pathname === '/' : `${pathname}/`.startsWith(`${path}/`);
        return (
          <li key={path}>
            <Box
              component={Link}
              to={path}
              aria-current={isHere ? 'page' : undefined}
              sx={{
                display: 'block',
                px: 2,
                py: 0.6,
                color: isHere ? 'primary.main' : 'text.primary',
                fontWeight: isHere ? 650 : 450,
                textDecoration: 'none',
                borderLeft: { md: 3 },
                borderColor: isHere ? { md: 'primary.main' } : { md: 'transparent' },
                '&:hover': { bgcolor: 'action.hover' },
              }}
            >
              {name}
            </Box>
          </li>
        );
      })}
    </Box>
  );
};
