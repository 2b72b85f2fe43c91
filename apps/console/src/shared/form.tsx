import { Box, Button, MenuItem, Paper, TextField } from '@mui/material';
import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useState,
  type FormEvent,
  type ReactNode,
} from 'react';
import { useNavigate } from 'react-router-dom';
import { ApiError, ChangeProposedError } from '../api/errors.js';
import { Failed } from './states.js';
import { proposedChangePath, useNotifyProposed } from './use-notify-proposed.js';

type Problems = Readonly<Record<string, string | null | undefined>>;

const NO_PROBLEMS: Problems = {};

const ProblemsContext = createContext(NO_PROBLEMS);

/** Inputs tell their form that they are there, so that it says no problem of theirs twice. */
const InputsContext = createContext<(source: string) => () => void>(() => () => undefined);

/** What to say under an input: its own problem, the API's, or the hint. */
export const useHelperText = (
  source: string,
  hint?: string,
): { error: boolean; helperText: string | undefined } => {
  const problem = useContext(ProblemsContext)[source];
  const announce = useContext(InputsContext);
  useEffect(() => announce(source), [announce, source]);
  return { error: Boolean(problem), helperText: problem ?? hint };
};

/** A form: inputs, the API's answer if it was rejected, and one button. */
export const FormFrame = ({
  children,
  problems = NO_PROBLEMS,
  error,
  isSubmitting,
  isBlocked = false,
  submit,
  submitColor = 'primary',
  extra,
  onSubmit,
}: {
  children: ReactNode;
  /** What is wrong with the values as typed, by source. */
  problems?: Problems;
  error: Error | null;
  isSubmitting: boolean;
  /** Something beside the form must be mended first. */
  isBlocked?: boolean;
  submit: string;
  submitColor?: 'primary' | 'error';
  extra?: ReactNode;
  onSubmit: () => void;
}) => {
  const isWrong = Object.values(problems).some((problem) => Boolean(problem));
  const shown = useMemo(() => {
    const fromApi = error instanceof ApiError ? error.fieldErrors : {};
    const given = Object.fromEntries(Object.entries(problems).filter(([, value]) => value));
    return { ...fromApi, ...given };
  }, [problems, error]);
  const [sources, announce] = useSources();
  useLeaveIfProposed(error);
  return (
    <ProblemsContext value={shown}>
      <InputsContext value={announce}>
        <Paper
          component="form"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            if (!isWrong && !isBlocked) onSubmit();
          }}
          sx={{ p: 2, maxWidth: 640, display: 'grid', gap: 1.75 }}
        >
          {children}
          {error !== null && <Failed error={error} saidElsewhere={sources} />}
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
            <Button
              type="submit"
              variant="contained"
              color={submitColor}
              disabled={isSubmitting || isBlocked || isWrong}
            >
              {isSubmitting ? 'Sending…' : submit}
            </Button>
            {extra}
          </Box>
        </Paper>
      </InputsContext>
    </ProblemsContext>
  );
};

/** What waits for a second person is not typed again: its page takes the place of the form. */
const useLeaveIfProposed = (error: Error | null): void => {
  const notifyProposed = useNotifyProposed();
  const navigate = useNavigate();
  useEffect(() => {
    if (error instanceof ChangeProposedError && notifyProposed(error))
      void navigate(proposedChangePath(error));
  }, [error, notifyProposed, navigate]);
};

const useSources = (): [readonly string[], (source: string) => () => void] => {
  const [sources, setSources] = useState<readonly string[]>([]);
  const [announce] = useState(() => (source: string) => {
    setSources((all) => [...all, source]);
    return () => setSources((all) => all.filter((one) => one !== source));
  });
  return [sources, announce];
};

interface InputProps {
  source: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
}

export const TextInput = ({
  source,
  label,
  value,
  onChange,
  hint,
  required = false,
  isLong = false,
  maxLength,
  type = 'text',
}: InputProps & {
  required?: boolean;
  isLong?: boolean;
  maxLength?: number;
  type?: 'text' | 'url' | 'password';
}) => (
  <TextField
    label={label}
    name={source}
    type={type}
    value={value}
    onChange={({ target }) => onChange(target.value)}
    required={required}
    multiline={isLong}
    {...(isLong ? { minRows: 2, maxRows: 6 } : {})}
    slotProps={{
      htmlInput: {
        maxLength,
        autoComplete: type === 'password' ? 'new-password' : 'off',
        spellCheck: isLong,
      },
    }}
    {...useHelperText(source, hint)}
  />
);

export const SelectInput = ({
  source,
  label,
  value,
  onChange,
  hint,
  choices,
}: InputProps & { choices: readonly { id: string; name: string }[] }) => (
  <TextField
    select
    required
    label={label}
    name={source}
    value={value}
    onChange={({ target }) => onChange(target.value)}
    {...useHelperText(source, hint)}
  >
    {choices.map(({ id, name }) => (
      <MenuItem key={id} value={id}>
        {name}
      </MenuItem>
    ))}
  </TextField>
);
