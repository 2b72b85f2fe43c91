import type {
  AccessEnded,
  CommandContext,
  OnAccessEnded,
  ProposalEnded,
} from '#libs/engine/commands';
import { personIdOf } from '#libs/platform/kernel';
import { lockVersion } from './policies.repository.js';
import { PUBLISH_POLICY, rejectVersion } from './policies.sql.js';
import { raiseAlert } from '#libs/engine/alerts';
import { alertTaggedByRule } from './subjects/tagged-by-rule.js';
import {
  denialsOfAgent,
  denialsOfGroup,
  denialsOfTool,
  type RuleInForce,
} from './subjects/lost-subjects.js';

/**
 * Tells people of every denial that is left without an agent, group or tool to select, and of tags that a
 * rule names. The denial stays bound to what is gone, so nobody else comes to be selected in its place (P11).
 */
export const onAccessEnded: OnAccessEnded = async (ctx, ended) => {
  if (ended.kind === 'proposal') return rejectWithProposal(ctx, ended);
  if (ended.kind === 'agent' && ended.reason === 'changed') await alertTaggedByRule(ctx, ended);
  const denials = await denialsWithoutSubject(ctx, ended);
  for (const denial of denials) await alertWithoutSubject(ctx, ended, denial);
  return denials.length === 0 ? {} : { rulesWithoutSubject: denials.length };
};

// A version whose publication somebody decided against is rejected; one that nobody decided on can be proposed again.
const rejectWithProposal = async (
  ctx: CommandContext,
  { command, id, note }: ProposalEnded,
): Promise<Record<string, string>> => {
  if (command !== PUBLISH_POLICY || (await lockVersion(ctx, id)) === null) return {};
  const decidedById = personIdOf(ctx.actor);
  const isRejected = await rejectVersion(ctx.tx, { id, decidedById, at: ctx.now, note });
  return isRejected ? { versionRejected: id } : {};
};

const denialsWithoutSubject = async (
  ctx: CommandContext,
  ended: AccessEnded,
): Promise<RuleInForce[]> => {
  if (ended.kind === 'group') return denialsOfGroup(ctx, ended.id);
  if (ended.kind === 'tool') return denialsOfTool(ctx, ended);
  if (ended.kind !== 'agent') return [];
  return ended.reason === 'retired' || ended.reason === 'changed' ? denialsOfAgent(ctx, ended) : [];
};

const MAX_NAME = 64;

const causeOf = (ended: AccessEnded): string => {
  if (ended.kind === 'group') return `the group ${ended.name.slice(0, MAX_NAME)} was deleted`;
  if (ended.kind === 'tool') return 'the last tool that it selected is classified otherwise';
  return ended.reason === 'retired'
    ? 'the last agent that it selected was retired'
    : 'the last agent that it selected has another team, tier or tags';
};

const alertWithoutSubject = (
  { tx, now, actor }: CommandContext,
  ended: AccessEnded,
  { policy, rule: { conditions } }: RuleInForce,
): Promise<string> =>
  raiseAlert(tx, now, {
    kind: 'rule_without_subject',
    subject: { kind: 'policy', id: policy.policyId },
    message: `The rule ${conditions.rule} of the policy ${policy.policyName}, which is a ${conditions.effect}, selects nothing any more, because ${causeOf(ended)}. Change the rule or remove it.`,
    by: actor,
  });
