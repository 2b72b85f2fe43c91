import { Box, FormControlLabel, Radio, RadioGroup, Typography } from '@mui/material';
import type { BindingKind } from '../api/types.js';
import { KIND_CHOICES } from './binding-labels.js';

/** How it is bound, with a sentence each. */
export const KindChoice = <K extends BindingKind>({
  kinds,
  value,
  onChange,
  problemsOf,
}: {
  kinds: readonly K[];
  value: K;
  onChange: (kind: K) => void;
  /** What stands in the way of a kind. */
  problemsOf?: (kind: K) => readonly string[];
}) => (
  <Box component="fieldset" sx={{ border: 0, m: 0, p: 0 }}>
    <Typography component="legend" sx={{ fontWeight: 600, p: 0 }}>
      What is it?
    </Typography>
    <RadioGroup value={value} onChange={({ target }) => onChange(target.value as K)}>
      {KIND_CHOICES.filter((choice): choice is typeof choice & { id: K } =>
        kinds.some((kind) => kind === choice.id),
      ).map(({ id, name, sentence }) => (
        <FormControlLabel
          key={id}
          value={id}
          control={<Radio size="small" sx={{ py: 0.25 }} />}
          sx={{ alignItems: 'flex-start', my: 0.25 }}
          label={
            <>
              {name}
              <Typography component="span" variant="body2" color="text.secondary" display="block">
                {sentence}
              </Typography>
              {(problemsOf?.(id) ?? []).map((problem) => (
                <Typography
                  key={problem}
                  component="span"
                  variant="body2"
                  color="warning.main"
                  display="block"
                >
                  ▲ {problem}
                </Typography>
              ))}
            </>
          }
        />
      ))}
    </RadioGroup>
  </Box>
);
