import { Box } from '@mui/material';
import type { Overview } from '../api/types.js';
import { Section } from '../shared/page.js';
import { spaced, visibleText } from '../shared/format.js';
import { CountList } from './count-list.js';

/** Requests that failed before anybody could be named, by reason. */
export const Unidentified = ({
  counts,
}: {
  counts: NonNullable<Overview['unidentifiedLast24h']>;
}) => (
  <Section title="Failed before identity, 24 hours">
    {counts.length === 0 ? (
      <Box sx={{ color: 'text.secondary' }}>Every token named a known agent.</Box>
    ) : (
      <CountList
        counts={counts.map(({ reason, count }) => ({
          key: reason,
          label: spaced(visibleText(reason)),
          count,
        }))}
      />
    )}
  </Section>
);
