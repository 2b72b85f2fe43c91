import { Box } from '@mui/material';
import type { Overview } from '../api/types.js';
import { Section } from '../shared/page.js';
import { spaced, visibleText } from '../shared/format.js';
import { CountList } from './count-list.js';

/** Requests in which no known agent was identified, by reason. */
export const RequestsWithoutAgent = ({
  counts,
}: {
  counts: NonNullable<Overview['requestsWithoutAgentLast24h']>;
}) => (
  <Section title="Requests without a known agent, 24 hours">
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
