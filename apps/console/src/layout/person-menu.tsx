import { Box, Button, Popover, Typography } from '@mui/material';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import type { Session } from '../api/types.js';
import { signOut, signOutEverywhere } from '../sign-in/session-store.js';
import { ROLE_LABELS, roleWords } from '../sign-in/who-can.js';
import { Facts, type Fact } from '../shared/facts.js';
import { TextLink } from '../shared/links.js';
import { Time } from '../shared/time.js';

/** Who is signed in with which roles, and the way out. */
export const PersonMenu = ({ session }: { session: Session }) => {
  const { person } = session;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const notify = useNotify();
  const roles = person.roles.map((role) => ROLE_LABELS[role]).join(', ');

  const leave = (way: () => Promise<void>): void => {
    way().catch((error: unknown) =>
      notify(error instanceof Error ? error.message : 'Signing out failed.', { type: 'error' }),
    );
  };

  return (
    <>
      <Button
        color="inherit"
        variant="text"
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        {person.name}
        <Box component="span" sx={{ ml: 0.75, opacity: 0.85, fontWeight: 400 }}>
          {roles}
        </Box>
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': 'Signed in as' } }}
      >
        <Box sx={{ p: 2, maxWidth: 360, display: 'grid', gap: 1.5 }}>
          <Box>
            <Typography sx={{ fontWeight: 600 }}>{person.name}</Typography>
            <Typography color="text.secondary">{person.email}</Typography>
          </Box>
          <Facts
            items={[
              { name: 'Roles', value: roles || 'none' },
              ...roleFacts(session),
              { name: 'Teams', value: person.teams.map(({ name }) => name).join(', ') || 'none' },
              { name: 'Session ends', value: <Time at={session.expiresAt} isToCome /> },
            ]}
          />
          <Box onClick={() => setAnchor(null)}>
            <TextLink to="/delegations">Agents that may act for me</TextLink>
          </Box>
          <Button onClick={() => leave(signOut)}>Sign out</Button>
          <Button
            variant="text"
            title="Ends your sessions on every device, this one included."
            onClick={() => leave(signOutEverywhere)}
          >
            Sign out everywhere
          </Button>
        </Box>
      </Popover>
    </>
  );
};

/** Which of their roles do not decide yet, or do not count, and until when. */
const roleFacts = ({ coolingOffRoles, unconfirmedRoles }: Session): Fact[] => [
  ...coolingOffRoles.map(({ role, until }) => ({
    key: `cooling-off ${role}`,
    name: 'Cooling off',
    value: (
      <>
        {ROLE_LABELS[role]} is in force, and gives, approves, confirms and acknowledges nothing{' '}
        {until === null ? (
          'for now'
        ) : (
          <>
            yet; it does <Time at={until} isToCome />
          </>
        )}
      </>
    ),
  })),
  ...unconfirmedRoles.map(({ role, confirmedBy }) => ({
    key: `unconfirmed ${role}`,
    name: 'Does not count yet',
    value: `${ROLE_LABELS[role]}: two colleagues with the role ${roleWords(confirmedBy, 'disjunction')} must confirm that it is you`,
  })),
];
