import { Box, Tooltip } from '@mui/material';
import { BADGES, type BadgeLook, type BadgeName, type Shape, type Tone } from './badges.js';

const PATHS: Readonly<Record<Shape, { d: string; isLine?: boolean }>> = {
  check: { d: 'M2 6.5 5 9.5 10 2.5', isLine: true },
  cross: { d: 'M2.5 2.5 9.5 9.5 M9.5 2.5 2.5 9.5', isLine: true },
  disc: { d: 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1z' },
  ring: { d: 'M6 2a4 4 0 1 0 0 8A4 4 0 0 0 6 2z', isLine: true },
  slash: { d: 'M6 2a4 4 0 1 0 0 8A4 4 0 0 0 6 2z M3.2 8.8 8.8 3.2', isLine: true },
  square: { d: 'M2 2h8v8H2z' },
  bars: { d: 'M3 2h2v8H3z M7 2h2v8H7z' },
  triangle: { d: 'M6 1 11.5 11H.5z' },
  diamond: { d: 'M6 .5 11.5 6 6 11.5.5 6z' },
  dash: { d: 'M2 6h8', isLine: true },
  half: { d: 'M6 1a5 5 0 0 0 0 10z M6 2a4 4 0 1 1 0 8', isLine: true },
};

const COLORS: Readonly<Record<Tone, string>> = {
  good: 'success.main',
  bad: 'error.main',
  warn: 'warning.main',
  calm: 'text.secondary',
  info: 'info.main',
};

/** A state as a shape and a word, so that nobody needs to see the colour. */
export const Badge = ({ name }: { name: BadgeName }) => {
  const { word, shape, tone, meaning }: BadgeLook = BADGES[name];
  const { d, isLine = false } = PATHS[shape];
  const badge = (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.6,
        color: COLORS[tone],
        fontWeight: 550,
        whiteSpace: 'nowrap',
      }}
    >
      <svg width="11" height="11" viewBox="0 0 12 12" aria-hidden="true">
        <path
          d={d}
          fill={isLine ? 'none' : 'currentColor'}
          stroke={isLine ? 'currentColor' : 'none'}
          strokeWidth="2"
        />
      </svg>
      {word}
    </Box>
  );
  return meaning === undefined ? (
    badge
  ) : (
    <Tooltip title={meaning} describeChild>
      {badge}
    </Tooltip>
  );
};
