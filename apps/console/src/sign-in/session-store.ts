import { useSyncExternalStore } from 'react';
import { ApiError } from '../api/errors.js';
import { get, post, setCsrfToken } from '../api/request.js';
import type { Session } from '../api/types.js';
import { abilityOf, can, type Ability, type Action, type SubjectName } from './ability.js';

interface State {
  session: Session | null;
  ability: Ability;
  /** Why it is unknown whether somebody is signed in: the request itself failed. */
  failure: Error | null;
}

let state: State = { session: null, ability: abilityOf(null), failure: null };
let loading: Promise<Session> | null = null;
const listeners = new Set<() => void>();

const set = (session: Session | null, failure: Error | null): void => {
  setCsrfToken(session?.csrfToken ?? null);
  state = { session, ability: abilityOf(session), failure };
  for (const listener of listeners) listener();
};

/** The session, asked of the API once; fails with the API's 401 when nobody is signed in. */
export function loadSession(): Promise<Session> {
  if (state.session !== null) return Promise.resolve(state.session);
  loading ??= get<Session>('/session')
    .then(
      (session) => {
        set(session, null);
        return session;
      },
      (error: unknown) => {
        set(null, isSignedOut(error) ? null : asError(error));
        throw error;
      },
    )
    .finally(() => {
      loading = null;
    });
  return loading;
}

/** Asks anew who is signed in and what they may do: something that gives rights changed. */
export async function reloadSession(): Promise<void> {
  const session = await get<Session>('/session');
  set(session, null);
}

/** Clears the session here; the server's own is ended by {@link signOut}. */
export const clearSession = (): void => set(null, state.failure);

/** Whether a request failed because nobody is signed in. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 401;

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error('Gatehouse could not say who is signed in.');

/** Ends the session and goes where the company's identity provider ends its own. */
export async function signOut(): Promise<void> {
  const { redirectTo } = await post<{ redirectTo: string }>('/sign-out', {});
  window.location.assign(redirectTo);
}

/** Ends every session of the reader's, on every device, this one included. */
export async function signOutEverywhere(): Promise<void> {
  const { redirectTo } = await post<{ redirectTo: string }>('/session/end-all', {});
  window.location.assign(redirectTo);
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Who is signed in; null before and after. */
export const useSession = (): Session | null =>
  useSyncExternalStore(subscribe, () => state).session;

/**
 * Whether what the reader stops is stopped for security, which alone releases it then, also where IT had
 * stopped it.
 */
export const useStopsForSecurity = (): boolean =>
  useSession()?.person.roles.includes('security') === true;

/** Why the session could not be asked for; null when it could. */
export const useSessionFailure = (): Error | null =>
  useSyncExternalStore(subscribe, () => state).failure;

/** Asks what the signed-in person may do. */
export function useCan(): (
  action: Action,
  subject: SubjectName,
  instance?: Record<string, unknown>,
) => boolean {
  const { ability } = useSyncExternalStore(subscribe, () => state);
  return (action, subject, instance) => can(ability, action, subject, instance);
}
