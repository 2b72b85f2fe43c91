import { Box, Typography } from '@mui/material';
import type { Classification, ToolDetail } from '../../api/types.js';
import { Badge } from '../../shared/badge.js';
import { Facts } from '../../shared/facts.js';
import { PersonLink } from '../../shared/links.js';
import { CopyableTime } from '../../shared/time.js';
import { visibleText } from '../../shared/format.js';

const HINTS: Readonly<Record<string, string>> = {
  readOnlyHint: 'Only reads',
  destructiveHint: 'May destroy',
  idempotentHint: 'Repeating changes nothing more',
  openWorldHint: 'Reaches the open world',
};

const DECIDED: Readonly<Record<Classification, string>> = {
  read: 'it only reads',
  write: 'it changes things',
  destructive: 'it can destroy things',
};

/** The upstream's claims beside what people decided; claims alone give no right. */
export const AnnotationsTable = ({ tool }: { tool: ToolDetail }) => {
  const claims = Object.entries(tool.annotations).filter(([key]) => key !== 'title');
  const claimsRead = tool.annotations['readOnlyHint'] === true;
  const disagrees = tool.classifiedAt !== null && claimsRead !== (tool.classification === 'read');
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      <Decided tool={tool} />
      {claims.length === 0 ? (
        <Typography color="text.secondary">The upstream claims nothing about it.</Typography>
      ) : (
        <Facts
          items={claims.map(([key, value]) => ({
            name: `Claimed: ${HINTS[key] ?? visibleText(key)}`,
            value:
              value === true ? 'yes' : value === false ? 'no' : visibleText(JSON.stringify(value)),
          }))}
        />
      )}
      {disagrees && claims.length > 0 && (
        <Typography color="text.secondary">
          The claim and the decision differ; policies that ask for both need both.
        </Typography>
      )}
    </Box>
  );
};

const Decided = ({ tool }: { tool: ToolDetail }) => {
  if (tool.classifiedAt === null) {
    return (
      <Box>
        <Badge name="class:undecided" /> by anybody yet: treated as {tool.classification}, whatever
        it claims.
      </Box>
    );
  }
  return (
    <Box>
      Decided: <Badge name={`class:${tool.classification}`} />, {DECIDED[tool.classification]}. By{' '}
      {tool.classifiedBy === null ? 'the system' : <PersonLink person={tool.classifiedBy} />},{' '}
      <CopyableTime at={tool.classifiedAt} />
    </Box>
  );
};
