import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { To } from '../shared/links.js';
import { numberWords } from '../shared/words.js';

interface Count {
  readonly key: string;
  readonly label: ReactNode;
  readonly count: number;
  /** Where the number leads; absent when the reader's role does not open it. */
  readonly to?: string | undefined;
}

/** Numbers with what they count, one a line. */
export const CountList = ({ counts }: { counts: readonly Count[] }) => (
  <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
    {counts.map(({ key, label, count, to }) => (
      <Box
        component="li"
        key={key}
        sx={{
          display: 'flex',
          justifyContent: 'space-between',
          gap: 1,
          minHeight: 24,
          alignItems: 'center',
        }}
      >
        <span>{label}</span>
        <Box component="span" sx={{ fontWeight: 600, fontVariantNumeric: 'tabular-nums' }}>
          {to === undefined ? numberWords(count) : <To to={to}>{numberWords(count)}</To>}
        </Box>
      </Box>
    ))}
  </Box>
);
