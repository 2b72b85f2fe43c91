import { rulesToCondition } from '@casl/ability/extra';
import { abilityFor } from '#libs/platform/access';
import type { AccessRequestWhereInput } from '#libs/platform/db';
import { DomainError, type Actor } from '#libs/platform/kernel';

const NOTHING: AccessRequestWhereInput = { id: { in: [] } };

type Test = string | { in: string[] } | { not: string };

// Only what libs/platform/access writes today; anything else is rejected rather than read as "all".
const COLUMNS: Record<string, (test: Test) => AccessRequestWhereInput> = {
  requestedById: (test) => ({ requestedById: test }),
  agentTeamId: (test) => ({ agent: { teamId: test } }),
  toolOwnerId: (test) => ({ tool: { server: { ownerId: test } } }),
};

/** The requests that the actor may read, as a filter derived from the same rules that guard each one. */
export const readableRequests = (actor: Actor): AccessRequestWhereInput => {
  if (actor.kind === 'system') return {};
  const rules = abilityFor(actor).rulesFor('read', 'AccessRequest');
  const where = rulesToCondition(rules, (rule) => ruleWhere(rule), {
    and: (parts): AccessRequestWhereInput => ({ AND: parts }),
    or: (parts): AccessRequestWhereInput => ({ OR: parts }),
    empty: (): AccessRequestWhereInput => ({}),
  });
  return where ?? NOTHING;
};

const ruleWhere = (rule: { conditions?: object | undefined; inverted: boolean }) => {
  const fields = Object.entries(rule.conditions ?? {}).map(([field, test]) => {
    const column = COLUMNS[field];
    if (column === undefined) throw unreadable(field);
    return column(testOf(field, test));
  });
  const where: AccessRequestWhereInput = { AND: fields };
  return rule.inverted ? { NOT: where } : where;
};

const testOf = (field: string, test: unknown): Test => {
  if (typeof test === 'string') return test;
  const [[operator, operand] = [], ...others] = Object.entries(test as object) as [
    string,
    unknown,
  ][];
  if (others.length > 0) throw unreadable(field);
  if (operator === '$in' && Array.isArray(operand)) return { in: operand as string[] };
  if (operator === '$ne' && typeof operand === 'string') return { not: operand };
  throw unreadable(field);
};

const unreadable = (field: string): DomainError =>
  new DomainError(
    'internal',
    `A rule about access requests tests ${field} in a way that lists cannot follow.`,
  );
