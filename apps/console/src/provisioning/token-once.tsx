import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useId } from 'react';
import type { NewScimToken } from '../api/types.js';
import { CopyLine } from '../shared/copy-line.js';

/** The one time that a token is shown. It is closed only by its button. */
export const TokenOnce = ({ made, onClose }: { made: NewScimToken; onClose: () => void }) => {
  const titleId = useId();
  return (
    <Dialog open aria-labelledby={titleId} fullWidth maxWidth="sm">
      <DialogTitle id={titleId}>Copy the token now</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.5 }}>
        <Alert severity="warning" variant="outlined">
          <strong>It is shown this once.</strong> We keep only its hash. Enter it at the
          provisioning client, and nowhere else: anybody who has it can change people and groups.
        </Alert>
        <CopyLine label="Token" value={made.token} />
        <CopyLine label="Base address (Entra: Tenant URL)" value={made.baseUrl} />
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2 }}>
        <Button variant="contained" onClick={onClose}>
          I have entered it there
        </Button>
      </DialogActions>
    </Dialog>
  );
};
