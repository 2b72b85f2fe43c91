import { Box, Tooltip } from '@mui/material';
import { useEffect, useState, type ReactNode } from 'react';
import { MONOSPACE } from '../theme.js';

const TOLD_MS = 1_500;

/** Copies a text when pressed, and says so. */
export const CopyButton = ({
  text,
  hint,
  children,
}: {
  text: string;
  hint: string;
  children: ReactNode;
}) => {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), TOLD_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  return (
    <Tooltip title={isCopied ? 'Copied' : `${hint} · press to copy`}>
      <Box
        component="button"
        type="button"
        onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
        sx={{
          font: 'inherit',
          color: 'inherit',
          background: 'none',
          border: 0,
          p: 0,
          // Stacked ones must each be easy to hit (WCAG 2.5.8).
          minHeight: 24,
          textAlign: 'left',
          cursor: 'copy',
          overflowWrap: 'anywhere',
          textDecoration: 'underline dotted',
          textDecorationColor: 'currentcolor',
          textUnderlineOffset: '3px',
        }}
      >
        {children}
        {isCopied && (
          <Box component="output" sx={{ ml: 0.5 }}>
            ✓ copied
          </Box>
        )}
      </Box>
    </Tooltip>
  );
};

/** An id or a digest: cut in the middle of tables, whole when copied or hovered. */
export const CopyableId = ({ id, keep }: { id: string; keep?: number }) => (
  <CopyButton text={id} hint={id}>
    <Box
      component="span"
      className={keep === undefined ? '' : 'nowrap'}
      sx={{ fontFamily: MONOSPACE, fontSize: '0.92em' }}
    >
      {keep === undefined || id.length <= keep ? id : `${id.slice(0, keep)}…`}
    </Box>
  </CopyButton>
);
