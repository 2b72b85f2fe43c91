import { rulesToCondition } from '@casl/ability/extra';
import { abilityFor } from '#libs/platform/access';
import type { AgentWhereInput } from '#libs/platform/db';
import { DomainError, type Actor } from '#libs/platform/kernel';

const NOTHING: AgentWhereInput = { id: { in: [] } };

/**
 * The agents that the actor may read, as a filter derived from the same rules that guard each one.
 * (@casl/prisma wants rules in Prisma's own operators; ours are Mongo's, because the console reads
 * them too.)
 */
export const readableAgents = (actor: Actor): AgentWhereInput => {
  if (actor.kind === 'system') return {};
  const rules = abilityFor(actor).rulesFor('read', 'Agent');
  const where = rulesToCondition(rules, (rule) => ruleWhere(rule), {
    and: (parts): AgentWhereInput => ({ AND: parts }),
    or: (parts): AgentWhereInput => ({ OR: parts }),
    empty: (): AgentWhereInput => ({}),
  });
  return where ?? NOTHING;
};

const ruleWhere = (rule: { conditions?: object | undefined; inverted: boolean }) => {
  const fields = Object.entries(rule.conditions ?? {}).map(([field, test]) =>
    fieldWhere(field, test),
  );
  const where: AgentWhereInput = { AND: fields };
  return rule.inverted ? { NOT: where } : where;
};

// Only what libs/platform/access writes today; anything else is rejected rather than read as "all".
const fieldWhere = (field: string, test: unknown): AgentWhereInput => {
  if (field !== 'id' && field !== 'teamId' && field !== 'ownerId') throw unreadable(field);
  if (typeof test === 'string') return { [field]: test };
  const [[operator, operand] = [], ...others] = Object.entries(test as object) as [
    string,
    unknown,
  ][];
  if (others.length > 0) throw unreadable(field);
  if (operator === '$in' && Array.isArray(operand)) return { [field]: { in: operand } };
  if (operator === '$ne' && typeof operand === 'string') return { [field]: { not: operand } };
  throw unreadable(field);
};

const unreadable = (field: string): DomainError =>
  new DomainError(
    'internal',
    `A rule about agents tests ${field} in a way that lists cannot follow.`,
  );
