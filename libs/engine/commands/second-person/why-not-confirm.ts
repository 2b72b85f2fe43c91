import { roleNames, type Actor } from '#libs/platform/kernel';
import type { ProposedChange } from './proposed-changes.repository.js';

type Confirmable = Pick<
  ProposedChange,
  | 'state'
  | 'expiresAt'
  | 'proposedById'
  | 'concernedIds'
  | 'confirmerIds'
  | 'confirmerRoles'
  | 'aloneFrom'
>;

/** Why this person cannot confirm the change, as a sentence for them; null: they can. */
export const whyNotConfirm = (actor: Actor, change: Confirmable, now: Date): string | null => {
  const { state, expiresAt, proposedById, concernedIds, aloneFrom } = change;
  if (state !== 'open') return `This change is ${state} already.`;
  if (expiresAt <= now) return 'This change was not confirmed in time. Propose it anew.';
  if (actor.kind !== 'person') return 'A person must confirm this change.';
  if (actor.id === proposedById)
    return aloneFrom !== null && aloneFrom <= now
      ? null
      : `You proposed this change: ${aloneFrom === null ? 'somebody else must confirm it' : `nobody else can confirm it, so you can from ${aloneFrom.toISOString()} on`}.`;
  if (concernedIds.includes(actor.id))
    return 'This change concerns you: somebody else must confirm it.';
  if (change.confirmerIds.includes(actor.id)) return null;
  const roles = change.confirmerRoles.filter((role) => actor.roles.includes(role));
  if (roles.length === 0)
    return `This change is confirmed by somebody with the role ${roleNames(change.confirmerRoles)}.`;
  const isCoolingOff = roles.every((role) => actor.coolingOffRoles?.includes(role) === true);
  return isCoolingOff
    ? `You have the role ${roleNames(roles, 'conjunction')} too newly to confirm changes, for an emergency only, or while one person alone changes how you show who you are: you can reject that change.`
    : null;
};
