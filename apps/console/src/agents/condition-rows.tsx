import { Box, Button, FormHelperText, IconButton, TextField, Typography } from '@mui/material';
import CloseIcon from '@mui/icons-material/Close';
import type { BindingCondition } from '../api/types.js';
import { useHelperText } from '../shared/form.js';

const MOST = 10;

export interface ConditionRow extends BindingCondition {
  readonly key: number;
  readonly hint?: string;
}

let lastKey = 0;

/** A row to fill in; rows have keys of their own because two may look alike while they are typed. */
export const newRow = (claim = '', hint?: string): ConditionRow => ({
  key: ++lastKey,
  claim,
  equals: '',
  ...(hint === undefined ? {} : { hint }),
});

/** The rows that say something, as the API takes them. */
export const conditionsOf = (rows: readonly ConditionRow[]): BindingCondition[] =>
  rows
    .filter(({ equals }) => equals.trim() !== '')
    .map(({ claim, equals }) => ({ claim: claim.trim(), equals: equals.trim() }));

export const conditionsProblem = (rows: readonly ConditionRow[]): string | null =>
  rows.some(({ claim, equals }) => claim.trim() === '' && equals.trim() !== '')
    ? 'Name the claim of each value.'
    : null;

/** Claims that a token must carry besides, each with exactly one value. */
export const ConditionRows = ({
  rows,
  onChange,
}: {
  rows: readonly ConditionRow[];
  onChange: (rows: readonly ConditionRow[]) => void;
}) => {
  const { error, helperText } = useHelperText('conditions');
  const set = (key: number, change: Partial<BindingCondition>): void =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...change } : row)));
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, p: 0, display: 'grid', gap: 1.25 }}>
      <Typography component="legend" sx={{ fontWeight: 600, p: 0, mb: 0.5 }}>
        Conditions: claims that its token must carry besides
      </Typography>
      {rows.map((row, index) => (
        <Box key={row.key} sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
          <TextField
            label="Claim"
            value={row.claim}
            onChange={({ target }) => set(row.key, { claim: target.value })}
            sx={{ flex: 2 }}
            slotProps={{ htmlInput: { maxLength: 128, spellCheck: false, autoComplete: 'off' } }}
          />
          <TextField
            label="Is exactly"
            value={row.equals}
            onChange={({ target }) => set(row.key, { equals: target.value })}
            sx={{ flex: 3 }}
            helperText={row.hint}
            slotProps={{
              htmlInput: { maxLength: 512, spellCheck: false, autoComplete: 'off' },
              formHelperText: { sx: { overflowWrap: 'anywhere' } },
            }}
          />
          <IconButton
            size="small"
            aria-label={`Remove condition ${index + 1}`}
            onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
          >
            <CloseIcon fontSize="small" />
          </IconButton>
        </Box>
      ))}
      {helperText !== undefined && <FormHelperText error={error}>{helperText}</FormHelperText>}
      <Box>
        <Button
          size="small"
          disabled={rows.length >= MOST}
          onClick={() => onChange([...rows, newRow()])}
        >
          Add a condition
        </Button>{' '}
        <Typography component="span" variant="body2" color="text.secondary">
          A claim’s name, or a JSON Pointer that begins with /. Rows without a value are left out.
        </Typography>
      </Box>
    </Box>
  );
};
