import type { AccessEnded, CommandContext } from '#libs/engine/commands';
import type { AgentWhereInput, Tx } from '#libs/platform/db';
import {
  isInForce,
  ruleSelectsTool,
  selectsAgent,
  type AgentFacts,
  type BoundAgents,
  type CallRule,
} from '#libs/engine/policy';
import { loadToolFacts } from '#libs/registry/catalog';
import { loadPublishedRules, type PublishedPolicy } from '../policies.loader.js';
import { isBoundTo } from './is-bound-to.sql.js';

/** A rule of an active version. */
export interface RuleInForce {
  rule: CallRule;
  policy: PublishedPolicy;
}

/** Every rule of an active version that has not expired. */
export const rulesInForce = async ({ tx, now }: CommandContext): Promise<RuleInForce[]> =>
  (await loadPublishedRules(tx)).flatMap((policy) =>
    policy.rules
      .filter(({ conditions }) => isInForce(conditions, now.getTime()))
      .map((rule) => ({ rule, policy })),
  );

/** The denials and holds that named this group, and of whose groups none exists any more. */
export const denialsOfGroup = async (ctx: CommandContext, id: string): Promise<RuleInForce[]> => {
  // SCIM may delete many: most are in no rule, and no text is read for them.
  if (!(await isBoundTo(ctx.tx, 'group', id))) return [];
  const denials = await denialsWhere(ctx, ({ conditions }) =>
    isAmong(conditions.people?.groupIds, id),
  );
  return withoutSubject(denials, async ({ conditions: { people } }) => {
    const ids = [...(people?.groupIds ?? [])];
    return (await ctx.tx.group.count({ where: { id: { in: ids } } })) === 0;
  });
};

type AgentEnded = Extract<AccessEnded, { kind: 'agent' }>;

/** The denials and holds that selected this agent before, and now select no agent. */
export const denialsOfAgent = async (
  ctx: CommandContext,
  ended: AgentEnded,
): Promise<RuleInForce[]> => {
  const agent = await factsBefore(ctx.tx, ended);
  const denials = await denialsWhere(
    ctx,
    ({ conditions: { agents } }) => agents !== null && selectsAgent(agents, agent),
  );
  return withoutSubject(denials, async ({ conditions: { agents } }) => {
    if (agents === null || Object.values(agents).every((values) => values === null)) return false;
    return (await ctx.tx.agent.count({ where: selectedBy(agents) })) === 0;
  });
};

type ToolEnded = Extract<AccessEnded, { kind: 'tool' }>;

/** The denials and holds that selected this tool before, and now select no tool. */
export const denialsOfTool = async (
  ctx: CommandContext,
  { id, before }: ToolEnded,
): Promise<RuleInForce[]> => {
  const tools = await loadToolFacts(ctx.tx);
  const tool = tools.find((facts) => facts.id === id);
  if (tool === undefined) return [];
  const was = { ...tool, classification: before };
  const denials = await denialsWhere(ctx, (rule) => ruleSelectsTool(rule, was));
  return denials.filter(({ rule }) => !tools.some((facts) => ruleSelectsTool(rule, facts)));
};

const factsBefore = async (tx: Tx, ended: AgentEnded): Promise<AgentFacts> => {
  const row = await tx.agent.findUniqueOrThrow({
    where: { id: ended.id },
    select: { id: true, name: true, teamId: true, riskTier: true, tags: true },
  });
  return ended.reason === 'changed' ? { ...row, ...ended.before } : row;
};

const isAmong = (ids: readonly string[] | null | undefined, id: string): boolean =>
  ids?.includes(id) === true;

const denialsWhere = async (
  ctx: CommandContext,
  selected: (rule: CallRule) => boolean,
): Promise<RuleInForce[]> =>
  (await rulesInForce(ctx)).filter(({ rule }) => rule.inverted && selected(rule));

const withoutSubject = async (
  denials: readonly RuleInForce[],
  isWithoutSubject: (rule: CallRule) => Promise<boolean>,
): Promise<RuleInForce[]> => {
  const found: RuleInForce[] = [];
  // One after the other: inside a transaction there is one connection.
  for (const denial of denials) if (await isWithoutSubject(denial.rule)) found.push(denial);
  return found;
};

const selectedBy = ({ ids, teamIds, tiers, tags }: BoundAgents): AgentWhereInput => ({
  state: { not: 'retired' },
  ...(ids === null ? {} : { id: { in: [...ids] } }),
  ...(teamIds === null ? {} : { teamId: { in: [...teamIds] } }),
  ...(tiers === null ? {} : { riskTier: { in: [...tiers] as AgentFacts['riskTier'][] } }),
  ...(tags === null ? {} : { tags: { hasSome: [...tags] } }),
});
