import { Box } from '@mui/material';

/** Said instead of a button to those who cannot undo what security stopped. */
export const ReleasedBySecurity = () => (
  <Box component="span" sx={{ color: 'text.secondary' }}>
    Security stopped it: a colleague with the role security, past its cooling-off period, releases
    it.
  </Box>
);
