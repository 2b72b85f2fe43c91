import type { CommandContext } from '#libs/engine/commands';
import { DomainError } from '#libs/platform/kernel';
import { withdrawAccessGrantDraft } from '#libs/governance/policies';
import type { LoadedRequest } from './access-requests.repository.js';
import { assertPending } from './access-requests.rules.js';

/** Ends a pending request without a grant: a draft of one goes with it, or could still be published. */
export const endRequest = async (
  { tx, actor, now }: CommandContext,
  { id, state, versionId }: LoadedRequest,
  { to, note }: { to: 'rejected' | 'withdrawn'; note: string },
): Promise<void> => {
  assertPending(state);
  const decidedById = actor.kind === 'person' ? actor.id : null;
  const draft = versionId === null ? null : { versionId, decidedById, note };
  if (draft !== null && !(await withdrawAccessGrantDraft(tx, draft, now))) {
    const message = 'Someone else has decided this grant. Reload the request.';
    throw new DomainError('conflict', message);
  }
  await tx.accessRequest.update({
    where: { id },
    data: { state: to, decidedById, decidedAt: now, decisionNote: note },
    select: { id: true },
  });
};
