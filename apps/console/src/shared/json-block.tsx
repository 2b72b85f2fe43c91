import { Box, Link } from '@mui/material';
import { useState } from 'react';
import { MONOSPACE } from '../theme.js';
import { visibleText } from './words.js';

const CUT_LINES = 16;

/** JSON as text, cut with "show all". */
export const JsonBlock = ({ value, label }: { value: unknown; label: string }) => {
  const [isWhole, setWhole] = useState(false);
  const lines = visibleText(JSON.stringify(value, null, 2) ?? 'nothing').split('\n');
  const isLong = lines.length > CUT_LINES;
  return (
    <Box>
      <Box
        component="pre"
        tabIndex={0}
        role="region"
        aria-label={label}
        sx={{
          m: 0,
          p: 1,
          overflow: 'auto',
          maxHeight: 480,
          fontFamily: MONOSPACE,
          fontSize: '0.8rem',
          bgcolor: 'background.default',
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
        }}
      >
        {(isLong && !isWhole ? [...lines.slice(0, CUT_LINES), '…'] : lines).join('\n')}
      </Box>
      {isLong && (
        <Link component="button" type="button" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'show less' : `show all ${lines.length} lines`}
        </Link>
      )}
    </Box>
  );
};
