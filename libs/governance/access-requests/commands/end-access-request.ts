import type { CommandContext } from '#libs/engine/commands';
import { withdrawAccessGrantDraft } from '#libs/governance/policies';
import { DomainError, personIdOf } from '#libs/platform/kernel';
import { changeOfRequest, requestName, type LoadedRequest } from '../access-requests.repository.js';
import { assertPending } from '../access-requests.rules.js';
import { decideAccessRequestSchema } from '../access-requests.schemas.js';

interface End {
  action: 'reject' | 'withdraw';
  to: 'rejected' | 'withdrawn';
}

// Both end a request without an access grant: they differ in who may.
const endOf = (name: string, { action, to }: End) =>
  changeOfRequest({
    name,
    action,
    changesRights: false,
    emergency: { stays: 'it takes rights away' },
    input: decideAccessRequestSchema,
    async run(ctx, { id, note }, request) {
      await endRequest(ctx, request, { to, note });
      const { agentId, toolId, requestedById, versionId, agentName, toolName } = request;
      return {
        output: { id },
        subject: { id, name: requestName(request) },
        facts: { from: request.state, to, agentId, toolId, requestedById, versionId },
        names: { agent: agentName, tool: toolName },
        reason: note,
      };
    },
  });

/** Turns a request down, for a reason, and with it a draft that nobody has published yet. */
export class RejectAccessRequest extends endOf('reject-access-request', {
  action: 'reject',
  to: 'rejected',
}) {}

/** Withdraws one's own request, and with it a draft that nobody has published yet. */
export class WithdrawAccessRequest extends endOf('withdraw-access-request', {
  action: 'withdraw',
  to: 'withdrawn',
}) {}

// A draft of an access grant goes with its request, or could still be published.
const endRequest = async (
  ctx: CommandContext,
  { id, state, versionId }: LoadedRequest,
  { to, note }: { to: End['to']; note: string },
): Promise<void> => {
  const { tx, actor, now } = ctx;
  assertPending(state);
  const decidedById = personIdOf(actor);
  const draft = versionId === null ? null : { versionId, decidedById, note };
  if (draft !== null && !(await withdrawAccessGrantDraft(ctx, draft))) {
    const message = 'Someone else has decided this access grant. Reload the request.';
    throw new DomainError('conflict', message);
  }
  await tx.accessRequest.update({
    where: { id },
    data: { state: to, decidedById, decidedAt: now, decisionNote: note },
    select: { id: true },
  });
};
