import { Alert } from '@mui/material';

/** Said of a stored text that is no policy: only past Gatehouse can one be stored. */
export const Unreadable = ({ isReadable }: { isReadable: boolean }) =>
  isReadable ? null : (
    <Alert severity="error" sx={{ mb: 1 }}>
      <strong>This text cannot be read as a policy: no rule of it is in force.</strong> Gatehouse
      stores no such text, so somebody has written to the database. The text is shown as it is
      stored; compare it with the versions below and the ledger, and publish another version.
    </Alert>
  );
