import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useId } from 'react';
import type { NewScimToken } from '../api/types.js';
import { useGetOne } from 'react-admin';
import type { ProposedChangeDetail } from '../api/types.js';
import { Confirmers } from '../proposed-changes/confirmers.js';
import { CopyLine } from '../shared/copy-line.js';
import { exactTime, visibleText } from '../shared/format.js';
import { TextLink } from '../shared/links.js';

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
        {made.proposedChange !== null && <Waits proposedChange={made.proposedChange} />}
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

/** That the token does not work yet, why, and for whom it waits. */
const Waits = ({
  proposedChange: { id, explanation, expiresAt },
}: {
  proposedChange: NonNullable<NewScimToken['proposedChange']>;
}) => {
  const { data } = useGetOne<ProposedChangeDetail>('proposed-changes', { id });
  return (
    <Alert severity="info" variant="outlined">
      <strong>It does not work yet: somebody else must confirm it</strong> until{' '}
      {exactTime(expiresAt)}. {visibleText(explanation)}
      {data !== undefined && <Confirmers change={data} />} If nobody does, or the change is rejected
      or withdrawn, the token never works.{' '}
      <TextLink to={`/proposed-changes/${id}`}>See the proposed change</TextLink>
    </Alert>
  );
};
