import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { TextLink } from '../shared/links.js';
import { formatNumber } from '../shared/format.js';

interface Count {
  readonly label: ReactNode;
  /** Null while it is not known yet. */
  readonly count: number | null;
  /** Where the number leads; absent when the reader's role does not open it. */
  readonly to?: string | undefined;
}

/** Numbers with what they count, one a line. */
export const CountList = ({
  counts,
}: {
  counts: readonly (Count & { readonly key: string })[];
}) => (
  <CountLines>
    {counts.map(({ key, ...count }) => (
      <CountLine key={key} {...count} />
    ))}
  </CountLines>
);

export const CountLines = ({ children }: { children: ReactNode }) => (
  <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
    {children}
  </Box>
);

export const CountLine = ({ label, count, to }: Count) => {
  const words = count === null ? '…' : formatNumber(count);
  return (
    <Box
      component="li"
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
        {to === undefined ? words : <TextLink to={to}>{words}</TextLink>}
      </Box>
    </Box>
  );
};
