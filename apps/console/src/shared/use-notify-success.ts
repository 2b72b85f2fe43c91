import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useNotify } from 'react-admin';

/** Says that a thing is done, and has every screen ask anew for what it shows. */
export function useNotifySuccess(): (message: string) => void {
  const notify = useNotify();
  const queryClient = useQueryClient();
  return useCallback(
    (message) => {
      notify(message, { type: 'success' });
      void queryClient.invalidateQueries();
    },
    [notify, queryClient],
  );
}
