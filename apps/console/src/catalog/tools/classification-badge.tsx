import { Box } from '@mui/material';
import type { Tool } from '../../api/types.js';
import { Badge } from '../../shared/badge.js';

/** A tool's classification, and a note where nobody has decided it. */
export const ClassificationBadge = ({
  tool: { classification, classifiedAt },
}: {
  tool: Pick<Tool, 'classification' | 'classifiedAt'>;
}) => {
  if (classifiedAt !== null) return <Badge name={`class:${classification}`} />;
  return (
    <Box component="span" sx={{ display: 'inline-flex', flexWrap: 'wrap', columnGap: 1 }}>
      <Badge name="class:undecided" />
      <Box component="span" sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
        as {classification}
      </Box>
    </Box>
  );
};
