import type { AuthProvider } from 'react-admin';
import { clearSession, isSignedOut, loadSession } from './session-store.js';

/** Makes react-admin lead to the sign-in page, which has better words than its notification. */
const quietly = (): Promise<never> => Promise.reject({ message: false });

/** Signing in and out happen at the server; react-admin only learns who is there. */
export const authProvider: AuthProvider = {
  login: () => Promise.resolve(),
  logout: () => {
    clearSession();
    return Promise.resolve();
  },
  checkAuth: () => loadSession().then(() => undefined, quietly),
  checkError: (failure: unknown) => (isSignedOut(failure) ? quietly() : Promise.resolve()),
  getIdentity: async () => {
    const { person } = await loadSession();
    return { id: person.id, fullName: person.name };
  },
  getPermissions: () => Promise.resolve(null),
};
