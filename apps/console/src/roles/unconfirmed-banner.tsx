import { Alert } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { reloadSession, useSession } from '../sign-in/session-store.js';
import { roleWords } from '../sign-in/who-can.js';
import { useLive } from '../shared/live.js';

const REFRESH_MS = 15_000;

/** On every page while roles of the reader's wait for two people to confirm their first sign-in. */
export const UnconfirmedBanner = () => {
  const session = useSession();
  const waiting = session?.unconfirmedRoles ?? [];
  const [first] = waiting;
  const live = useLive(REFRESH_MS);
  useQuery({
    queryKey: ['session', 'unconfirmed'],
    queryFn: () => reloadSession().then(() => null),
    enabled: first !== undefined,
    refetchInterval: live,
  });
  if (session === null || first === undefined) return null;
  const roles = waiting.map(({ role }) => role);
  return (
    <Alert severity="warning" sx={{ borderRadius: 0 }}>
      <strong>
        {roles.length === 1 ? 'Your role' : 'Your roles'} {roleWords(roles)}{' '}
        {roles.length === 1 ? 'does' : 'do'} not count yet.
      </strong>{' '}
      You signed in for the first time, and two colleagues with the role{' '}
      {roleWords(first.confirmedBy, 'disjunction')} must confirm that it is you. Ask one of them to
      open {session.person.name} under People and choose Confirm… beside your sign-in, and another
      one to agree under Proposed changes. What else you may do here you may do already.
    </Alert>
  );
};
