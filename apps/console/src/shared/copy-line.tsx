import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { MONOSPACE } from '../theme.js';

/** A value that is to be carried somewhere else: what it is, itself in full, and a button to copy it. */
export const CopyLine = ({ label, value }: { label: string; value: string }) => {
  const [isCopied, setCopied] = useState(false);
  return (
    <Box>
      <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>{label}</Box>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
        <Box
          component="code"
          sx={{
            flex: 1,
            minWidth: 0,
            px: 1,
            py: 0.6,
            fontFamily: MONOSPACE,
            fontSize: '0.8125rem',
            whiteSpace: 'pre-wrap',
            overflowWrap: 'anywhere',
            bgcolor: 'background.default',
            border: 1,
            borderColor: 'divider',
            borderRadius: 1,
          }}
        >
          {value}
        </Box>
        <Button
          aria-label={isCopied ? `${label}: copied` : `Copy: ${label}`}
          onClick={() => void navigator.clipboard.writeText(value).then(() => setCopied(true))}
          sx={{ minWidth: 84 }}
        >
          {isCopied ? '✓ Copied' : 'Copy'}
        </Button>
      </Box>
    </Box>
  );
};
