import { Box } from '@mui/material';
import { Suspense } from 'react';
import type { LayoutProps } from 'react-admin';
import { useLocation } from 'react-router-dom';
import { EmergencyBanner } from '../roles/emergency-access/emergency-banner.js';
import { UnconfirmedBanner } from '../roles/unconfirmed-banner.js';
import { Loading } from '../shared/states.js';
import { EverythingStopped } from '../kill-switches/everything-stopped.js';
import { ErrorBoundary } from './error-boundary.js';
import { Header } from './header.js';
import { Menu } from './menu.js';

const CONTENT_ID = 'content';

/** The frame around every screen: who is signed in above, places at the side. */
export const Layout = ({ children }: LayoutProps) => {
  const { pathname } = useLocation();
  return (
    <Box sx={{ minHeight: '100vh', display: 'flex', flexDirection: 'column' }}>
      <SkipLink />
      <Header />
      <EverythingStopped />
      <EmergencyBanner />
      <UnconfirmedBanner />
      <Box sx={{ flex: 1, display: 'flex', flexDirection: { xs: 'column', md: 'row' } }}>
        <Menu />
        <Box
          component="main"
          id={CONTENT_ID}
          tabIndex={-1}
          sx={{ flex: 1, minWidth: 0, px: 2, py: 1.5, outline: 'none' }}
        >
          <ErrorBoundary key={pathname}>
            <Suspense fallback={<Loading what="this screen" />}>{children}</Suspense>
          </ErrorBoundary>
        </Box>
      </Box>
    </Box>
  );
};

const SkipLink = () => (
  <Box
    component="a"
    href={`#${CONTENT_ID}`}
    onClick={(event) => {
      event.preventDefault();
      document.getElementById(CONTENT_ID)?.focus();
    }}
    sx={{
      position: 'absolute',
      left: -9_999,
      zIndex: 'tooltip',
      bgcolor: 'background.paper',
      color: 'primary.main',
      p: 1,
      '&:focus': { left: 8, top: 8 },
    }}
  >
    Skip to the content
  </Box>
);
