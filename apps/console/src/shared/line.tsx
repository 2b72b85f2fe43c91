import { Box } from '@mui/material';
import type { ReactNode } from 'react';

/** One of several links, each on a line of its own and easy to hit (WCAG 2.5.8). */
export const Line = ({ children }: { children: ReactNode }) => (
  <Box sx={{ lineHeight: '26px' }}>{children}</Box>
);
