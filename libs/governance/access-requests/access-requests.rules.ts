import type { AccessRequestWhereInput } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';
import type { AccessRequestState } from './access-requests.schemas.js';

type VersionState = 'in_review' | 'active' | 'archived' | 'rejected';

/**
 * Where a request stands. Once it is drafted the access grant's version says what became of it, so publishing
 * and rejecting that version is all there is to do, and the two can never disagree.
 */
export const stateOf = (request: {
  state: AccessRequestState;
  version: { state: VersionState } | null;
}): AccessRequestState => {
  if (request.state !== 'drafted') return request.state;
  const version = request.version?.state;
  if (version === 'active' || version === 'archived') return 'granted';
  return version === 'rejected' ? 'rejected' : 'drafted';
};

/** The requests that {@link stateOf} says this of. */
export const inState = (state: AccessRequestState): AccessRequestWhereInput => {
  if (state === 'drafted') return draftWith('in_review');
  if (state === 'granted') return draftWith('active', 'archived');
  return state === 'rejected' ? { OR: [{ state }, draftWith('rejected')] } : { state };
};

const draftWith = (...states: VersionState[]): AccessRequestWhereInput => ({
  state: 'drafted',
  version: { state: { in: states } },
});

/** Whether nothing is decided yet. */
export const isPending = (state: string): boolean => state === 'open' || state === 'drafted';

/** Rejects when the request was decided already. */
export const assertPending = (state: string): void => {
  if (isPending(state)) return;
  const next =
    state === 'granted'
      ? 'end the access grant if it should not be in force any longer'
      : 'ask for access again';
  throw new DomainError('conflict', `This request is ${state} already: ${next}.`);
};
