import type { OnAccessEnded } from './change.js';
import { withdrawProposedChangesOf } from './second-person/proposed-changes.repository.js';

/** Withdraws what a person has proposed, also one who is only signed out: somebody else may have proposed it as them. */
export const onAccessEnded: OnAccessEnded = async ({ tx, now }, { kind, id }) =>
  kind === 'person' ? { changesWithdrawn: await withdrawProposedChangesOf(tx, id, now) } : {};
