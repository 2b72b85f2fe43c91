import { Box } from '@mui/material';
import { Fragment, type ReactNode } from 'react';

export interface Fact {
  /** Tells apart those of one name. */
  readonly key?: string;
  readonly name: string;
  readonly value: ReactNode;
}

/** Names and values, in one or more columns of pairs. */
export const Facts = ({ items, columns = 1 }: { items: readonly Fact[]; columns?: 1 | 2 | 3 }) => (
  <Box
    component="dl"
    sx={{
      m: 0,
      display: 'grid',
      gridTemplateColumns: {
        xs: 'max-content minmax(0, 1fr)',
        md: `repeat(${columns}, max-content minmax(0, 1fr))`,
      },
      columnGap: 1.5,
      rowGap: 0.5,
    }}
  >
    {items.map(({ key, name, value }) => (
      <Fragment key={key ?? name}>
        <Box component="dt" sx={{ color: 'text.secondary' }}>
          {name}
        </Box>
        <Box component="dd" sx={{ m: 0, minWidth: 0, overflowWrap: 'anywhere' }}>
          {value}
        </Box>
      </Fragment>
    ))}
  </Box>
);
