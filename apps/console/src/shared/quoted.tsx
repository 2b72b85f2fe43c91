import { Box, Link } from '@mui/material';
import { useState } from 'react';
import { visibleText } from './format.js';

/**
 * Text from agents, tools and upstreams: shown as quoted text, never as markup, cut with "show all".
 */
export const Quoted = ({ text, max = 160 }: { text: string; max?: number }) => {
  const [isWhole, setWhole] = useState(false);
  const shown = visibleText(text);
  const isLong = shown.length > max;
  return (
    <Box component="span" sx={{ overflowWrap: 'anywhere' }}>
      <Box component="q" sx={{ unicodeBidi: 'isolate', whiteSpace: 'pre-wrap' }}>
        {isLong && !isWhole ? `${shown.slice(0, max)}…` : shown}
      </Box>
      {isLong && (
        <>
          {' '}
          <Link component="button" type="button" onClick={() => setWhole(!isWhole)}>
            {isWhole ? 'show less' : 'show all'}
          </Link>
        </>
      )}
    </Box>
  );
};
