import { Box, Link } from '@mui/material';
import { structuredPatch } from 'diff';
import { useMemo, useState } from 'react';
import { MONOSPACE } from '../../theme.js';
import { formatCount, visibleText } from '../../shared/format.js';

const CONTEXT_LINES = 3;
const MAX_ROWS = 200;

interface Row {
  kind: 'same' | 'added' | 'removed' | 'gap';
  before: number | null;
  after: number | null;
  text: string;
}

/** Two texts line by line: what went, what came, and a little of what stayed. */
export const TextDiff = ({ before, after }: { before: string; after: string }) => {
  const rows = useMemo(() => rowsOf(before, after), [before, after]);
  const [isWhole, setWhole] = useState(false);
  if (rows.length === 0) return <>The two texts are the same.</>;
  const count = (kind: Row['kind']) => rows.filter((row) => row.kind === kind).length;
  const shown = isWhole ? rows : rows.slice(0, MAX_ROWS);
  return (
    <Box>
      <Box sx={{ color: 'text.secondary', mb: 0.5 }}>
        {formatCount(count('added'), 'line')} added, {formatCount(count('removed'), 'line')}{' '}
        removed.
      </Box>
      <Box
        component="section"
        tabIndex={0}
        aria-label="Differences"
        sx={{ overflowX: 'auto', border: 1, borderColor: 'divider', borderRadius: 1 }}
      >
        <Box
          component="table"
          sx={{
            borderCollapse: 'collapse',
            width: '100%',
            fontFamily: MONOSPACE,
            fontSize: '0.8rem',
            lineHeight: 1.5,
          }}
        >
          <tbody>
            {shown.map((row) => (
              <DiffRow key={`${row.before} ${row.after} ${row.kind}`} row={row} />
            ))}
          </tbody>
        </Box>
      </Box>
      {rows.length > MAX_ROWS && (
        <Link component="button" type="button" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'show less' : `show all ${rows.length} lines`}
        </Link>
      )}
    </Box>
  );
};

const SIGNS = { same: ' ', added: '+', removed: '−', gap: '⋯' } as const;
const WORDS = { same: '', added: 'added: ', removed: 'removed: ', gap: 'lines left out' } as const;
const TINTS = {
  same: 'transparent',
  added: 'rgba(46, 160, 67, 0.14)',
  removed: 'rgba(218, 54, 51, 0.13)',
  gap: 'action.hover',
} as const;

const DiffRow = ({ row: { kind, before, after, text } }: { row: Row }) => (
  <Box component="tr" sx={{ bgcolor: TINTS[kind] }}>
    <NumberCell value={kind === 'gap' ? null : before} />
    <NumberCell value={after} />
    <Box component="td" sx={{ width: 18, textAlign: 'center', userSelect: 'none' }}>
      <span aria-hidden="true">{SIGNS[kind]}</span>
    </Box>
    <Box
      component="td"
      sx={{ position: 'relative', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', pr: 1 }}
    >
      {WORDS[kind] !== '' && <Hidden>{WORDS[kind]}</Hidden>}
      {visibleText(text)}
    </Box>
  </Box>
);

const NumberCell = ({ value }: { value: number | null }) => (
  <Box
    component="td"
    sx={{
      width: 40,
      px: 0.75,
      textAlign: 'right',
      color: 'text.secondary',
      userSelect: 'none',
      verticalAlign: 'top',
    }}
  >
    {value}
  </Box>
);

const Hidden = ({ children }: { children: string }) => (
  <Box
    component="span"
    sx={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }}
  >
    {children}
  </Box>
);

/** Numbered by the line after it, which makes it unlike any other gap. */
const gapBefore = (line: number): Row => ({ kind: 'gap', before: line, after: null, text: '' });

function rowsOf(before: string, after: string): Row[] {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: CONTEXT_LINES });
  return hunks.flatMap((hunk, index) => {
    let oldLine = hunk.oldStart;
    let newLine = hunk.newStart;
    const rows: Row[] = hunk.lines
      .filter((line) => !line.startsWith('\\'))
      .map((line) => {
        const text = line.slice(1);
        if (line.startsWith('+')) return { kind: 'added', before: null, after: newLine++, text };
        if (line.startsWith('-')) return { kind: 'removed', before: oldLine++, after: null, text };
        return { kind: 'same', before: oldLine++, after: newLine++, text };
      });
    return index === 0 ? rows : [gapBefore(hunk.oldStart), ...rows];
  });
}
