import { MenuItem, TextField } from '@mui/material';
import { useListContext } from 'react-admin';
import { useState } from 'react';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './durations.js';

const SPANS = [
  { id: 'hour', name: 'Last hour', ms: HOUR_MS },
  { id: 'day', name: 'Last 24 hours', ms: DAY_MS },
  { id: 'week', name: 'Last 7 days', ms: 7 * DAY_MS },
] as const;

/** `datetime-local` speaks local time without a zone; the API speaks UTC. */
const toLocal = (iso: unknown): string => {
  if (typeof iso !== 'string' || Number.isNaN(Date.parse(iso))) return '';
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16);
};

const toIso = (local: string): string | undefined =>
  Number.isNaN(Date.parse(local)) ? undefined : new Date(local).toISOString();

/** The list's `from` and `to`: a span up to now, or two moments. */
export const TimeFilter = () => {
  const { filterValues, setFilters } = useListContext();
  const { from, to, ...others } = filterValues as Record<string, unknown>;
  const [span, setSpan] = useState('');
  const isSet = from !== undefined || to !== undefined;
  const shownSpan = !isSet && span !== 'between' ? '' : span === '' ? 'between' : span;

  const set = (times: { from?: unknown; to?: unknown }): void => {
    const given = Object.entries(times).filter(([, value]) => value !== undefined);
    setFilters({ ...others, ...Object.fromEntries(given) }, undefined, false);
  };
  const choose = (id: string): void => {
    setSpan(id);
    const chosen = SPANS.find((one) => one.id === id);
    if (chosen) set({ from: new Date(Date.now() - chosen.ms).toISOString() });
    if (id === '') set({});
  };

  return (
    <>
      <TextField
        select
        label="Time"
        value={shownSpan}
        onChange={({ target }) => choose(target.value)}
        sx={{ width: 140 }}
      >
        <MenuItem value="">Any</MenuItem>
        {SPANS.map(({ id, name }) => (
          <MenuItem key={id} value={id}>
            {name}
          </MenuItem>
        ))}
        <MenuItem value="between">Between…</MenuItem>
      </TextField>
      {shownSpan === 'between' && (
        <>
          <Moment label="From" value={from} onChange={(next) => set({ from: next, to })} />
          <Moment label="To" value={to} onChange={(next) => set({ from, to: next })} />
        </>
      )}
    </>
  );
};

const Moment = ({
  label,
  value,
  onChange,
}: {
  label: string;
  value: unknown;
  onChange: (iso: string | undefined) => void;
}) => (
  <TextField
    label={label}
    type="datetime-local"
    value={toLocal(value)}
    onChange={({ target }) => onChange(toIso(target.value))}
    slotProps={{ inputLabel: { shrink: true } }}
    sx={{ width: 190 }}
  />
);
