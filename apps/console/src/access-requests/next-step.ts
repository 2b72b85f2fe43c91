import type { AccessRequest } from '../api/types.js';

/** Who may act next, in words. */
export const nextStepText = (request: AccessRequest): string => {
  const { state, tool, canOwnerDraft, grant } = request;
  if (state === 'open') {
    return canOwnerDraft
      ? `${tool.owner.name}, who owns the tool, drafts the access grant`
      : 'somebody in IT drafts the access grant: the tool’s owner is gone, or asked for it';
  }
  if (state === 'drafted') return 'somebody else in IT publishes or rejects the draft';
  if (state === 'granted' && grant !== null && grant.endedAt === null) return 'it ends by itself';
  return 'nothing: it is over';
};
