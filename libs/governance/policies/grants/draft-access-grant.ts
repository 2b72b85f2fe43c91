import type { CommandContext } from '#libs/engine/commands';
import { DomainError, newId } from '#libs/platform/kernel';
import type { AgentFacts, ToolFacts } from '#libs/engine/policy';
import { loadPolicyCatalog } from '../policies.loader.js';
import { createPolicy, createVersion, lockVersion } from '../policies.repository.js';
import { lockPolicy, rejectVersion } from '../policies.sql.js';
import { accessGrantName, accessGrantText, type AccessGrantRule } from './access-grant-text.js';

/** What a draft needs of the command that makes it. */
type DraftContext = Pick<CommandContext, 'tx' | 'now' | 'signs' | 'signsNew'>;

/** What is drafted, by whom; the agent and the tool by their ids. */
export interface AccessGrantDraft extends Pick<AccessGrantRule, 'expiresAt' | 'when'> {
  agentId: string;
  toolId: string;
  note: string;
  proposedById: string | null;
  /** A draft that this one takes the place of. */
  replacesId: string | null;
}

/** An access grant's version that is in review now. */
export interface DraftedAccessGrant {
  versionId: string;
  policyId: string;
  policyName: string;
  number: number;
}

/**
 * Writes an access grant's version in review, for a command of another feature, in its transaction. Nothing is
 * allowed before somebody else has published it.
 * @throws DomainError `invalid_input` when the condition cannot be used, `conflict` when the agent or the
 * tool is gone or the draft that it replaces has been decided already.
 */
export const draftAccessGrant = async (
  ctx: DraftContext,
  draft: AccessGrantDraft,
): Promise<DraftedAccessGrant> => {
  const { tx, now } = ctx;
  const { agentId, toolId, note, expiresAt, when, proposedById, replacesId } = draft;
  const catalog = await loadPolicyCatalog(tx);
  const agent = catalog.agents.find((facts) => facts.id === agentId);
  const tool = catalog.tools.find((facts) => facts.id === toolId);
  if (agent === undefined || tool === undefined) throw gone();
  const { text, bindings } = await accessGrantText(
    { agent, tool, expiresAt, when, reason: note },
    catalog,
    now,
  );
  const versionId = newId();
  const policy = await policyOf(ctx, { agent, tool, versionId, replacesId, proposedById });
  const number = await createVersion(
    ctx,
    {
      id: versionId,
      policyId: policy.id,
      text,
      bindings,
      note,
      basedOnId: null,
      proposedById,
      proposedAt: now,
    },
    { state: 'in_review' },
  );
  return { versionId, policyId: policy.id, policyName: policy.name, number };
};

/**
 * Takes a draft back, in another feature's transaction, so that nobody can publish it any more. False when
 * it has been decided already.
 */
export const withdrawAccessGrantDraft = async (
  ctx: DraftContext,
  decision: { versionId: string; decidedById: string | null; note: string },
): Promise<boolean> => {
  const { versionId: id, decidedById, note } = decision;
  await lockVersion(ctx, id);
  return rejectVersion(ctx.tx, { id, decidedById, at: ctx.now, note });
};

interface Target {
  agent: AgentFacts;
  tool: ToolFacts;
  versionId: string;
  replacesId: string | null;
  proposedById: string | null;
}

/** A policy of its own, or that of the draft which this one replaces; held for the caller. */
const policyOf = async (
  ctx: DraftContext,
  { agent, tool, versionId, replacesId, proposedById }: Target,
): Promise<{ id: string; name: string }> => {
  const { tx, now } = ctx;
  if (replacesId === null) {
    const name = accessGrantName({ agent, tool }, versionId);
    const description = `Lets ${agent.name} use ${tool.server}/${tool.name} for a while.`;
    const id = await createPolicy(tx, { name, description, kind: 'access_grant', now });
    await lockPolicy(tx, id);
    return { id, name };
  }
  const replaced = await lockVersion(ctx, replacesId);
  const note = 'A newer draft took its place.';
  const decision = { id: replacesId, decidedById: proposedById, at: now, note };
  if (replaced === null || !(await rejectVersion(tx, decision))) {
    const message = 'Someone else has decided this draft. Reload the request.';
    throw new DomainError('conflict', message);
  }
  return { id: replaced.policyId, name: replaced.policyName };
};

const gone = (): DomainError =>
  new DomainError('conflict', 'The agent or the tool no longer exists, so nothing can be granted.');
