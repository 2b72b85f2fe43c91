import { Box } from '@mui/material';
import { useEffect } from 'react';
import { reloadSession, useSession } from '../../sign-in/session-store.js';
import { TextLink } from '../../shared/links.js';
import { Time } from '../../shared/time.js';
import { EndEmergency } from './end-emergency.js';

// Two clocks are never quite the same; by then the API's own has passed it too.
const AFTER_MS = 2_000;

/** On every page while the reader has emergency access open: that they have it, and how long yet. */
export const EmergencyBanner = () => {
  const emergency = useSession()?.emergency ?? null;
  const expiresAt = emergency?.expiresAt;
  useEffect(() => {
    if (expiresAt === undefined) return undefined;
    const timer = setTimeout(
      () => void reloadSession().catch(() => undefined),
      Math.max(0, Date.parse(expiresAt) - Date.now()) + AFTER_MS,
    );
    return () => clearTimeout(timer);
  }, [expiresAt]);
  if (emergency === null) return null;
  return (
    <Box
      component="section"
      aria-label="Emergency access"
      sx={{
        display: 'flex',
        alignItems: 'center',
        flexWrap: 'wrap',
        gap: 1.5,
        px: 2,
        py: 0.75,
        bgcolor: 'background.paper',
        borderBottom: 3,
        borderColor: 'error.main',
      }}
    >
      <Box component="strong" sx={{ color: 'error.main' }}>
        ▲ Emergency access is open
      </Box>
      <Box>
        It ends <Time at={emergency.expiresAt} isToCome />, and what you set up by it ends with it
        unless two people keep it. All is recorded, and others were alerted.{' '}
        <TextLink to="/emergency-access">What it gives</TextLink>
      </Box>
      <Box sx={{ flex: 1 }} />
      <EndEmergency id={emergency.id} label="End it now" isOwn />
    </Box>
  );
};
