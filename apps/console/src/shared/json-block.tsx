import { Box, Link } from '@mui/material';
import { useState } from 'react';
import { MONOSPACE } from '../theme.js';
import { visibleText } from './format.js';

const MAX_LINES = 16;

/** JSON as text, cut with "show all". */
export const JsonBlock = ({ value, label }: { value: unknown; label: string }) => {
  const [isWhole, setWhole] = useState(false);
  const lines = visibleText(JSON.stringify(value, null, 2) ?? 'nothing').split('\n');
  const isLong = lines.length > MAX_LINES;
  return (
    <Box>
      <Box
        component="section"
        tabIndex={0}
        aria-label={label}
        sx={{
          p: 1,
          overflow: 'auto',
          maxHeight: 480,
          bgcolor: 'background.default',
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
        }}
      >
        <Box
          component="pre"
          sx={{
            m: 0,
            fontFamily: MONOSPACE,
            fontSize: '0.8rem',
            whiteSpace: 'pre-wrap',
            overflowWrap: 'anywhere',
          }}
        >
          {(isLong && !isWhole ? [...lines.slice(0, MAX_LINES), '…'] : lines).join('\n')}
        </Box>
      </Box>
      {isLong && (
        <Link component="button" type="button" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'show less' : `show all ${lines.length} lines`}
        </Link>
      )}
    </Box>
  );
};
