import { Box } from '@mui/material';
import { useTheme } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router-dom';
import type { CallCounts, Overview } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { dayAgo } from '../shared/day-ago.js';
import { HOUR_MS } from '../shared/durations.js';
import { listPath, TextLink } from '../shared/links.js';
import { useNow } from '../shared/now.js';
import { formatNumber } from '../shared/format.js';

const KINDS = ['allow', 'deny', 'invalid'] as const;
const WORDS: Readonly<Record<keyof CallCounts, string>> = {
  allow: 'allowed',
  deny: 'denied',
  invalid: 'invalid',
};
const WIDTH = 720;
const HEIGHT = 96;
const BASE = 14;
const GAP = 4;

/** Calls by decision: the totals, and a bar an hour; each leads to its calls. */
export const CallsChart = ({ overview }: { overview: Overview }) => {
  const { callsLast24h, callsByHour } = overview;
  const since = dayAgo(useNow());
  const canOpen = useCan()('read', 'Call');
  return (
    <Box>
      <Box sx={{ display: 'flex', gap: 3, mb: 0.5, flexWrap: 'wrap' }}>
        {KINDS.map((kind) => (
          <Box key={kind} sx={{ display: 'flex', alignItems: 'baseline', gap: 0.75 }}>
            <Box sx={{ fontSize: '1.35rem', fontWeight: 600, fontVariantNumeric: 'tabular-nums' }}>
              {canOpen ? (
                <TextLink to={listPath('calls', { decision: kind, from: since })}>
                  {formatNumber(callsLast24h[kind])}
                </TextLink>
              ) : (
                formatNumber(callsLast24h[kind])
              )}
            </Box>
            <Badge name={`decision:${kind}`} />
          </Box>
        ))}
      </Box>
      <Bars hours={callsByHour} canOpen={canOpen} />
    </Box>
  );
};

type Hour = Overview['callsByHour'][number];

const total = (hour: CallCounts): number => hour.allow + hour.deny + hour.invalid;

const formatHour = (hour: Hour): string => {
  const time = new Date(hour.hour).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
  });
  return `${time}: ${KINDS.map((kind) => `${hour[kind]} ${WORDS[kind]}`).join(', ')}`;
};

const Bars = ({ hours, canOpen }: { hours: readonly Hour[]; canOpen: boolean }) => {
  const highest = Math.max(1, ...hours.map(total));
  const step = WIDTH / Math.max(hours.length, 1);
  const axis = useTheme().palette.text.secondary;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT + BASE}`}
      width="100%"
      // In SVG there is no other element for it.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="group"
      aria-label={`Calls hour by hour; the busiest hour had ${highest}`}
    >
      <Hatching />
      <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} stroke={axis} strokeWidth="0.75" />
      {hours.map((hour, index) => (
        <g key={hour.hour} transform={`translate(${index * step} 0)`}>
          <HourLink hour={hour} canOpen={canOpen}>
            <rect width={step} height={HEIGHT} fill="transparent" />
            <Stack hour={hour} highest={highest} width={step - GAP} />
          </HourLink>
          {index % 4 === 0 && (
            <text x={GAP / 2} y={HEIGHT + BASE - 3} fontSize="10" fill={axis} aria-hidden="true">
              {formatHour(hour).slice(0, 5)}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
};

const HourLink = ({
  hour,
  canOpen,
  children,
}: {
  hour: Hour;
  canOpen: boolean;
  children: ReactNode;
}) => {
  const navigate = useNavigate();
  const words = formatHour(hour);
  if (!canOpen || total(hour) === 0) {
    return (
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as above
      <g role="img" aria-label={words}>
        <title>{words}</title>
        {children}
      </g>
    );
  }
  const to = listPath('calls', {
    from: hour.hour,
    to: new Date(Date.parse(hour.hour) + HOUR_MS).toISOString(),
  });
  return (
    <a
      href={to}
      aria-label={words}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        void navigate(to);
      }}
    >
      <title>{words}</title>
      {children}
    </a>
  );
};

// Denied is hatched and invalid is hollow: the three differ without their colours too.
const Stack = ({ hour, highest, width }: { hour: Hour; highest: number; width: number }) => {
  const { palette } = useTheme();
  const scale = (count: number): number =>
    count === 0 ? 0 : Math.max(1.5, (count / highest) * (HEIGHT - 6));
  const allow = scale(hour.allow);
  const deny = scale(hour.deny);
  const invalid = scale(hour.invalid);
  const bar = { x: GAP / 2, width };
  return (
    <>
      <rect {...bar} y={HEIGHT - allow} height={allow} fill={palette.success.main} />
      <rect {...bar} y={HEIGHT - allow - deny} height={deny} fill={palette.error.main} />
      <rect {...bar} y={HEIGHT - allow - deny} height={deny} fill="url(#denied)" />
      <rect
        {...bar}
        y={HEIGHT - allow - deny - invalid}
        height={invalid}
        fill="none"
        stroke={invalid === 0 ? 'none' : palette.error.main}
        strokeWidth="1.25"
      />
    </>
  );
};

const Hatching = () => {
  const { palette } = useTheme();
  return (
    <pattern id="denied" width="5" height="5" patternUnits="userSpaceOnUse">
      <path d="M0 5 5 0" stroke={palette.background.paper} strokeWidth="1.2" />
    </pattern>
  );
};
