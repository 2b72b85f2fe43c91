import { isDeepStrictEqual } from 'node:util';
import { DomainError } from '#libs/platform/kernel';
import {
  addRule,
  parsePolicy,
  toolKey,
  type AgentFacts,
  type PolicyProblem,
  type Rule,
  type ToolFacts,
} from '#libs/engine/policy';
import { checkText, isUsable, type PolicyCatalog, type UsableText } from '../policy-texts.js';
import { MAX_NAME_LENGTH, slug } from '../slug.js';

/** What an access grant allows: one tool to one agent, until a time, with some arguments or all. */
export interface AccessGrantRule {
  agent: Pick<AgentFacts, 'name'>;
  tool: Pick<ToolFacts, 'server' | 'name'>;
  expiresAt: Date;
  reason: string;
  /** `always`, or the text of a condition. */
  when: string;
}

const ALWAYS = 'always';

/** The text of an access grant's policy, checked: one rule that allows exactly this, whatever `when` holds. */
export const accessGrantText = async (
  grant: AccessGrantRule,
  catalog: PolicyCatalog,
  now: Date,
): Promise<Pick<UsableText, 'bindings'> & { text: string }> => {
  const plain = plainText(grant);
  const text = grant.when === ALWAYS ? plain : withCondition(plain, grant.when);
  const checked = await checkText(text, catalog, { now });
  const firstLine = plain.slice(0, plain.lastIndexOf(KEY)).split('\n').length;
  if (checked.rules === null || !isUsable(checked)) throw rejected(checked.problems, firstLine);
  if (!saysTheSame(checked.rules, plain)) {
    throw rejected([], firstLine, 'write one condition and nothing else');
  }
  return { text, bindings: checked.bindings };
};

/** What an access grant's policy and its rule are called; `id` tells apart grants of the same. */
export const accessGrantName = (
  { agent, tool }: Pick<AccessGrantRule, 'agent' | 'tool'>,
  id = '',
): string => {
  const ending = id === '' ? '' : `-${id.slice(-12)}`;
  const plain = `grant-${agent.name}-${tool.server}-${tool.name}`;
  return `${slug(plain, MAX_NAME_LENGTH - ending.length)}${ending}`;
};

const KEY = '    when:';

const plainText = (grant: AccessGrantRule): string =>
  addRule('rules: []\n', {
    name: accessGrantName(grant),
    effect: 'allow',
    agents: { names: [grant.agent.name] },
    tools: { names: [toolKey(grant.tool)] },
    expiresAt: grant.expiresAt.toISOString(),
    reason: grant.reason,
    // The last key: the condition's own text takes its place.
    when: { always: true },
  });

// Written below its key and indented, line by line, so that positions in it can be told to its author.
const withCondition = (plain: string, when: string): string => {
  const lines = when.split(/\r\n?|\n/).map((line) => `      ${line}`);
  return `${plain.slice(0, plain.lastIndexOf(KEY) + KEY.length)}\n${lines.join('\n')}\n`;
};

// Indentation keeps the condition in its place; that nothing else was said is checked all the same.
const saysTheSame = (rules: readonly Rule[], plain: string): boolean => {
  const expected = parsePolicy(plain, { holdAvailable: false }).rules;
  return expected !== null && isDeepStrictEqual(rules.map(withoutWhen), expected.map(withoutWhen));
};

const withoutWhen = ({ when: _when, at: _at, ...rule }: Rule) => rule;

const rejected = (
  problems: readonly PolicyProblem[],
  firstLine: number,
  otherwise = 'cannot be used',
): DomainError => {
  const told = problems
    .filter(({ severity }) => severity === 'error')
    .map(({ line, message }) =>
      line > firstLine ? `line ${line - firstLine}: ${message}` : message,
    );
  const messages = told.length > 0 ? told : [otherwise];
  return new DomainError(
    'invalid_input',
    `The access grant cannot be drafted like this: ${messages[0] ?? ''}`.slice(0, 500),
    { problems: messages.map((message) => ({ path: 'when', message })) },
  );
};
