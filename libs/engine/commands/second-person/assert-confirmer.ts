import { DomainError, type Actor } from '#libs/platform/kernel';
import { confirmersOf, type ProposedChange } from './proposed-changes.repository.js';
import type { SecondPerson } from './second-person.js';
import { whyNotConfirm } from './why-not-confirm.js';

/**
 * Asks the command again who may confirm the change: the row says it to screens only. A change that widens
 * nothing any more is confirmed as its row says. @throws DomainError `forbidden`
 */
export const assertConfirmer = (
  confirmer: Actor,
  { change, need, now }: { change: ProposedChange; need: SecondPerson | null; now: Date },
): void => {
  if (need === null) return;
  const why = whyNotConfirm(confirmer, { ...change, ...confirmersOf(need) }, now);
  if (why !== null) throw new DomainError('forbidden', why);
};

/** A command that says that it always takes a second person must not have been done by one person after all. */
export const assertNeverAlone = (
  { name, secondPerson }: { name: string; secondPerson?: { always?: true } },
  actor: Actor,
): void => {
  if (secondPerson?.always === true && actor.kind === 'person')
    throw new Error(`${name} always takes a second person, and asked for none`);
};
