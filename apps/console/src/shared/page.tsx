import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';

/** A screen: its name in the browser's title and as the heading, what can be done, the content. */
export const Page = ({
  title,
  heading = title,
  aside,
  actions,
  children,
}: {
  title: string;
  heading?: ReactNode;
  aside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) => (
  <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
    <title>{`${title} · Gatehouse`}</title>
    <Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 1.5, minHeight: 32 }}>
      <Typography variant="h1" sx={{ overflowWrap: 'anywhere' }}>
        {heading}
      </Typography>
      {aside}
      <Box sx={{ flex: 1 }} />
      {actions}
    </Box>
    {children}
  </Box>
);

/** A titled part of a screen. */
export const Section = ({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) => (
  <Box
    component="section"
    aria-label={title}
    sx={{
      bgcolor: 'background.paper',
      border: 1,
      borderColor: 'divider',
      borderRadius: 1,
      minWidth: 0,
    }}
  >
    <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 1, px: 1.5, pt: 1, pb: 0.5 }}>
      <Typography variant="h2">{title}</Typography>
      <Box sx={{ flex: 1 }} />
      {aside}
    </Box>
    <Box sx={{ px: 1.5, pb: 1.25 }}>{children}</Box>
  </Box>
);
