import { Box } from '@mui/material';
import type { ReactNode } from 'react';

/** A form or the main part at the left, what explains it at the right; one below the other when narrow. */
export const TwoColumns = ({ left, right }: { left: ReactNode; right: ReactNode }) => (
  <Box
    sx={{
      display: 'grid',
      gap: 1.5,
      alignItems: 'start',
      gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' },
    }}
  >
    <Box sx={{ display: 'grid', gap: 1.5, minWidth: 0 }}>{left}</Box>
    <Box sx={{ display: 'grid', gap: 1.5, minWidth: 0 }}>{right}</Box>
  </Box>
);
