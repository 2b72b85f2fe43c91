import { may } from '#libs/access';
import { DomainError, type Actor } from '#libs/kernel';

/** Why this actor may not publish or reject this version, as exactly as they may know. */
export const decisionRefusal = (
  actor: Actor,
  action: 'publish' | 'reject',
  version: { id: string; state: string; proposedById: string | null },
): DomainError => {
  const fresh = { ...version, state: 'in_review' };
  if (version.state !== 'in_review' && may(actor, action, 'PolicyVersion', fresh)) {
    const state = version.state.replaceAll('_', ' ');
    const message = `This version is ${state}: only a version in review can be decided.`;
    return new DomainError('conflict', message);
  }
  const somebodyElses = { ...fresh, proposedById: null };
  if (may(actor, action, 'PolicyVersion', somebodyElses)) {
    const message = `Nobody may ${action} their own proposal. Ask another person in security.`;
    return new DomainError('forbidden', message);
  }
  return new DomainError('forbidden', `Your roles do not let you ${action} policies.`);
};

/** Somebody else decided first. */
export const decidedMeanwhile = (): DomainError =>
  new DomainError('conflict', 'Somebody decided on this version meanwhile. Look at it again.');
