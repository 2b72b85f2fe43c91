import { abilityFor, type Action } from '#libs/platform/access';
import type { Role } from '#libs/platform/kernel';

// Everything that a rule of libs/platform/access tests, in words; a test walks every role, so that none is missing.
const CONDITION_LABELS: Record<string, string> = {
  id: 'other than themselves',
  teamId: 'of their own teams',
  agentTeamId: "of their own teams' agents",
  personId: 'of somebody else',
  requestedById: 'that somebody else asked for',
  confirmerRoles: 'that asks for their role',
};
const VALUE_LABELS: Record<string, string> = {
  'kind access_grant': 'that are access grants',
  'kind policy': 'that are not access grants',
  'state in_review': 'in review',
  'state active': 'in force',
  'canOwnerDraft false': "whose tool's owner cannot answer",
  'state open': 'not yet decided',
  'state open,drafted': 'not yet decided',
  'hasHolder false': 'that nobody has yet',
  'hasTwoHolders false': 'that fewer than two people have',
  'role owner': 'of the owner',
  'stoppedBySecurity false': 'that security did not stop',
  'stoppedBySecurity true': 'that security stopped',
};

/** What is said of a condition that has no words: true, and not enough. */
export const UNNAMED_CONDITION = 'under a condition';

/** A person who has only this role, for asking libs/platform/access. */
const PERSON_ID = 'the person';
const TEAM_ID = 'their team';

/**
 * What a role may do, one line for each kind of thing, from the very rules that are enforced: first those
 * without a condition, then the others with theirs. What everybody may do with their own is left out.
 */
export const roleRights = (role: Role): string[] => {
  const own = new Set(linesOf([]));
  return linesOf([role]).filter((line) => !own.has(line));
};

interface Rule {
  action: Action | Action[];
  subject?: unknown;
  conditions?: unknown;
}

const linesOf = (roles: Role[]): string[] => {
  const actor = { kind: 'person', id: PERSON_ID, name: '', roles, teamIds: [TEAM_ID] } as const;
  const actions = new Map<string, Set<Action>>();
  for (const rule of abilityFor(actor).rules as Rule[]) {
    const where = conditionText(rule.conditions);
    for (const subject of [rule.subject].flat()) {
      const thing = [subjectText(String(subject)), where].join(' ').trim();
      const known = actions.get(thing) ?? new Set();
      for (const action of [rule.action].flat()) known.add(action);
      actions.set(thing, known);
    }
  }
  return [...actions].map(([thing, names]) => `${[...names].map(asWords).join(', ')}: ${thing}`);
};

/** `ToolServer` is `tool server`. */
const subjectText = (subject: string): string =>
  subject.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

const conditionText = (conditions: unknown): string =>
  Object.entries((conditions ?? {}) as Record<string, unknown>)
    .map(([field, test]) => fieldText(field, test))
    .filter((words) => words !== '')
    .join(', ');

const fieldText = (field: string, test: unknown): string => {
  if (test === PERSON_ID) return 'of their own';
  const [operator, operand] = operatorOf(test);
  // No rule is about giving the owner's role; that it cannot be given is said once, elsewhere.
  if (field === 'role' && operator === '$ne') return '';
  if (field === 'role' && operator === '$in') return `of the role ${String(operand)}`;
  return (
    VALUE_LABELS[`${field} ${String(operand)}`] ?? CONDITION_LABELS[field] ?? UNNAMED_CONDITION
  );
};

const operatorOf = (test: unknown): [string, unknown] => {
  if (typeof test !== 'object' || test === null) return ['$eq', test];
  return Object.entries(test)[0] ?? ['$eq', null];
};

const asWords = (action: Action): string => action.replaceAll('_', ' ');
