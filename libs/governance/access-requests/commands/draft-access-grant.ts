import { HOUR_MS, DomainError, personIdOf } from '#libs/platform/kernel';
import { draftAccessGrant } from '#libs/governance/policies';
import { changeOfRequest, requestName } from '../access-requests.repository.js';
import { assertPending } from '../access-requests.rules.js';
import { draftAccessGrantSchema } from '../access-requests.schemas.js';

/**
 * Says what an access grant may be, narrower than asked or as asked; somebody else in IT publishes it. A request that
 * is drafted can be drafted anew, until then: the access grant's time counts from its draft.
 */
export class DraftAccessGrant extends changeOfRequest({
  name: 'draft-access-grant',
  action: 'draft',
  // What is in review allows nothing.
  changesRights: false,
  emergency: { rejected: 'it takes two people with the role' },
  input: draftAccessGrantSchema,
  rejection(actor, request) {
    assertPending(request.state);
    if (request.requestedById === actor.id) return forbidden('Nobody drafts what they asked for.');
    return forbidden(
      request.canOwnerDraft
        ? "An access grant is drafted by the owner of the tool's server."
        : "The owner of the tool's server is gone, or asked for this: an access grant is drafted by IT.",
    );
  },
  async run(ctx, { id, when, durationHours, note }, request) {
    const { tx, actor, now } = ctx;
    assertPending(request.state);
    if (durationHours > request.durationHours) throw tooLong(request.durationHours);
    const { agentId, toolId, versionId: replacesId } = request;
    const proposedById = personIdOf(actor);
    const expiresAt = new Date(now.getTime() + durationHours * HOUR_MS);
    const draft = { agentId, toolId, expiresAt, when, note, proposedById, replacesId };
    const grant = await draftAccessGrant(ctx, draft);
    const { versionId, policyId } = grant;
    await tx.accessRequest.update({
      where: { id },
      data: { state: 'drafted', versionId, draftedById: proposedById, draftedAt: now },
      select: { id: true },
    });
    return {
      output: { id, versionId },
      subject: { id, name: requestName(request) },
      facts: {
        agentId,
        toolId,
        requestedById: request.requestedById,
        policyId,
        versionId,
        replacesId,
        expiresAt: expiresAt.toISOString(),
      },
      names: { agent: request.agentName, tool: request.toolName, grant: grant.policyName },
      reason: note,
    };
  },
}) {}

const forbidden = (message: string): DomainError => new DomainError('forbidden', message);

const tooLong = (hours: number): DomainError =>
  new DomainError(
    'invalid_input',
    `An access grant may last at most the ${hours} hours asked for.`,
    {
      problems: [{ path: 'durationHours', message: `must be at most ${hours}` }],
    },
  );
