import { DomainError, type Problem } from '#libs/platform/kernel';
import {
  checkPolicyText,
  readPublishedText,
  type CallRule,
  type Catalog,
  type CheckedPolicyText,
  type LintContext,
  type NameBinding,
  type PolicyProblem,
  type Rule,
} from '#libs/engine/policy';

// Approvals come later; until then a rule that holds a call is rejected when it is saved.
const OPTIONS = { holdAvailable: false };

/** What policies are evaluated against. */
export type PolicyCatalog = Catalog;

/** As the engine checked it. */
export type CheckedText = CheckedPolicyText;

/** Reads a text and holds it against the tools, agents and groups that there are at that moment. */
export const checkText = (
  text: string,
  catalog: PolicyCatalog,
  context: LintContext,
): Promise<CheckedText> => checkPolicyText({ text, catalog, context, ...OPTIONS });

/** Whether the text could be proposed: warnings tell, errors reject. */
export const isUsable = ({ rules, problems }: CheckedText): boolean =>
  rules !== null && problems.every((problem) => problem.severity !== 'error');

/** What a version of a policy decides, beside its words. */
export interface UsableText {
  rules: readonly Rule[];
  bindings: readonly NameBinding[];
}

/** A text that passes {@link checkText}, read and bound, or a rejection that names every error. */
export const usableText = async (
  text: string,
  catalog: PolicyCatalog,
  context: LintContext,
): Promise<UsableText> => {
  const checked = await checkText(text, catalog, context);
  const { rules, bindings } = checked;
  if (rules !== null && isUsable(checked)) return { rules, bindings };
  const errors = checked.problems.filter((problem) => problem.severity === 'error');
  throw new DomainError('invalid_input', sentenceFor(errors), { problems: errors.map(toProblem) });
};

/** A version's text with what its names stand for, as its row has it. */
export interface PublishedText {
  text: string;
  bindings: unknown;
}

/** The rules of a text that was published; null when it cannot be read, which no command publishes. */
export const publishedRules = ({
  text,
  bindings,
}: PublishedText): Promise<readonly CallRule[] | null> =>
  readPublishedText({ text, bindings, ...OPTIONS });

const toProblem = ({ line, column, rule, message }: PolicyProblem): Problem => ({
  path: 'text',
  message: `line ${line}, column ${column}${rule === undefined ? '' : `, rule ${rule}`}: ${message}`,
});

const sentenceFor = (errors: readonly PolicyProblem[]): string => {
  const [first] = errors;
  const more = errors.length > 1 ? ` and ${errors.length - 1} more` : '';
  return `The policy text has ${errors.length === 1 ? 'an error' : 'errors'}: line ${first?.line ?? 1}: ${first?.message ?? ''}${more}`.slice(
    0,
    500,
  );
};
