import { Alert } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useNotify } from 'react-admin';
import { ChangeProposedError } from '../api/errors.js';
import { TextLink } from './links.js';

const SHOWN_MS = 15_000;

/** Where the console shows what waits for a second person. */
export const proposedChangePath = ({ proposedChange }: ChangeProposedError): string =>
  `/proposed-changes/${proposedChange.id}`;

/**
 * Says of a write that waits for a second person that nothing was changed yet, with a link to the proposed change.
 * False, and nothing said, of every other failure.
 */
export function useNotifyProposed(): (error: Error) => boolean {
  const notify = useNotify();
  const queryClient = useQueryClient();
  return useCallback(
    (error) => {
      if (!(error instanceof ChangeProposedError)) return false;
      notify(
        <Alert
          severity="info"
          variant="outlined"
          sx={{ bgcolor: 'background.paper', maxWidth: 640 }}
        >
          {error.message}{' '}
          <TextLink to={proposedChangePath(error)}>See the proposed change</TextLink>
        </Alert>,
        { type: 'info', autoHideDuration: SHOWN_MS },
      );
      void queryClient.invalidateQueries();
      return true;
    },
    [notify, queryClient],
  );
}
