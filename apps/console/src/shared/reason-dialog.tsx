import {
  Alert,
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  TextField,
} from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { ApiError } from '../api/errors.js';
import { Failed } from './states.js';
import { useNotifyProposed } from './use-notify-proposed.js';

export const REASON_MIN = 3;
export const REASON_MAX = 500;

interface ReasonDialogProps<T> {
  title: string;
  /** What will happen, before anybody agrees to it. */
  children: ReactNode;
  label?: string;
  initialReason?: string;
  verb: string;
  verbing: string;
  isDangerous?: boolean;
  /** What to know before agreeing; by default that a dangerous thing takes effect at once. */
  warning?: string | null;
  /** More than the reason is needed, and is not there yet. */
  isIncomplete?: boolean;
  act: (reason: string) => Promise<T>;
  onDone: (result: T) => void;
  onClose: () => void;
  /** It waits for a second person, as the reader was told: by default the dialog just closes. */
  onProposed?: () => void;
}

/** Asks for a reason, which goes into the ledger, and does one thing. */
export const ReasonDialog = <T,>(props: ReasonDialogProps<T>) => {
  const { title, label = 'Reason', verb, isDangerous = false, onClose } = props;
  const [reason, setReason] = useState(props.initialReason ?? '');
  const titleId = useId();
  const { mutate, isPending, error } = useMutation({ mutationFn: props.act });
  const notifyProposed = useNotifyProposed();
  const onError = (failure: Error) => {
    if (notifyProposed(failure)) (props.onProposed ?? onClose)();
  };
  const { warning = isDangerous ? 'This takes effect at once, on every replica.' : null } = props;
  const isShort = reason.trim().length < REASON_MIN;
  const reasonProblem = error instanceof ApiError ? error.fieldErrors[label.toLowerCase()] : null;

  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} fullWidth maxWidth="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // A form in a dialog is a child of the page's form for React's events.
          event.stopPropagation();
          mutate(reason.trim(), { onSuccess: props.onDone, onError });
        }}
      >
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 1.5 }}>
          <Box>{props.children}</Box>
          <TextField
            label={label}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
            multiline
            minRows={2}
            maxRows={8}
            required
            // A dialog takes the focus anyway, and its first input is where it is wanted.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            error={Boolean(reasonProblem)}
            helperText={reasonProblem ?? 'Recorded in the ledger with this action.'}
            slotProps={{ htmlInput: { maxLength: REASON_MAX } }}
            sx={{ mt: 0.5 }}
          />
          {error !== null && <Failed error={error} saidElsewhere={[label.toLowerCase()]} />}
          {warning !== null && (
            <Alert severity="warning" variant="outlined">
              {warning}
            </Alert>
          )}
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2 }}>
          <Button variant="text" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            variant="contained"
            color={isDangerous ? 'error' : 'primary'}
            disabled={isPending || isShort || props.isIncomplete === true}
          >
            {isPending ? `${props.verbing}…` : verb}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};
