import { Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';
import { Failed } from './states.js';
import { useNotifyProposed } from './use-notify-proposed.js';

/** Asks before something that needs no reason, or that needs more than one. */
export const AskDialog = <T,>({
  title,
  verb,
  verbing,
  isDangerous = false,
  isIncomplete = false,
  act,
  onDone,
  onClose,
  onProposed = onClose,
  children,
}: {
  title: string;
  verb: string;
  verbing: string;
  isDangerous?: boolean;
  isIncomplete?: boolean;
  act: () => Promise<T>;
  onDone: (result: T) => void;
  onClose: () => void;
  /** It waits for a second person, as the reader was told: by default the dialog just closes. */
  onProposed?: () => void;
  children: ReactNode;
}) => {
  const titleId = useId();
  const { mutate, isPending, error } = useMutation({ mutationFn: act });
  const notifyProposed = useNotifyProposed();
  const onError = (failure: Error) => {
    if (notifyProposed(failure)) onProposed();
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} fullWidth maxWidth="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // A form in a dialog is a child of the page's form for React's events.
          event.stopPropagation();
          mutate(undefined, { onSuccess: onDone, onError });
        }}
      >
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 1.5 }}>
          {children}
          {error !== null && <Failed error={error} />}
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2 }}>
          <Button variant="text" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            variant="contained"
            color={isDangerous ? 'error' : 'primary'}
            disabled={isPending || isIncomplete}
          >
            {isPending ? `${verbing}…` : verb}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};
