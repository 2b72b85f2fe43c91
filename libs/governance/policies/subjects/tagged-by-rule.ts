import type { AgentTraits, CommandContext } from '#libs/engine/commands';
import { raiseAlert } from '#libs/engine/alerts';
import { rulesInForce } from './lost-subjects.js';

interface Retagged {
  id: string;
  before: AgentTraits;
  after: AgentTraits;
}

/** Tells people when an agent got or lost a tag that a rule names: a tag is a value, so nothing binds it. */
export const alertTaggedByRule = async (
  ctx: CommandContext,
  { id, before, after }: Retagged,
): Promise<void> => {
  const changed = new Set(before.tags).symmetricDifference(new Set(after.tags));
  if (changed.size === 0) return;
  const naming = (await rulesInForce(ctx)).flatMap(({ rule: { conditions }, policy }) => {
    const tags = (conditions.agents?.tags ?? []).filter((tag) => changed.has(tag));
    return tags.length === 0 ? [] : [{ tags, rule: conditions.rule, policy: policy.policyName }];
  });
  const [first] = naming;
  if (first === undefined) return;
  const tags = [...new Set(naming.flatMap((rule) => rule.tags))].sort();
  const more = naming.length > 1 ? ` and ${naming.length - 1} more` : '';
  await raiseAlert(ctx.tx, ctx.now, {
    kind: 'tagged_by_rule',
    subject: { kind: 'agent', id },
    message: `The tags of an agent changed (${tags.join(', ')}), and the rule ${first.rule} of the policy ${first.policy}${more} selects agents by them. Check that this agent should be selected as it is now.`,
    by: ctx.actor,
  });
};
