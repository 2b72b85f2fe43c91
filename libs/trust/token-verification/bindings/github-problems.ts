import type { Problem } from '#libs/platform/kernel';
import type { BindingCondition } from './match-binding.js';

// `repo:OWNER/NAME:CONTEXT`; since July 2026 also with numbers, `repo:OWNER@1/NAME@2:CONTEXT`.
const SUBJECT = /^repo:[\w.-]+(?:@\d+)?\/[\w.-]+(?:@\d+)?:(?<context>.+)$/;
const WORKFLOW_AT_REF = /^[\w.-]+\/[\w.-]+\/.+@(?:refs\/.+|[0-9a-f]{40})$/;

/**
 * What keeps a GitHub Actions binding to one workflow of one repository. Names of repositories can be
 * given to somebody else, and anybody who may open a pull request runs code in it.
 */
export const githubProblems = ({
  subject,
  conditions,
}: {
  readonly subject: string;
  readonly conditions: readonly BindingCondition[];
}): readonly Problem[] => {
  const context = SUBJECT.exec(subject)?.groups?.['context'];
  if (context === undefined)
    return [
      {
        path: 'subject',
        message:
          'A GitHub Actions subject names one repository and context: repo:OWNER/NAME:CONTEXT.',
      },
    ];
  const needed = [
    ...repositoryProblems(valueOf(conditions, 'repository_id')),
    ...workflowProblems(valueOf(conditions, 'job_workflow_ref')),
    ...environmentProblems(context, valueOf(conditions, 'environment')),
  ];
  return [
    ...contextProblems(context).map((message) => ({ path: 'subject', message })),
    ...needed.map((message) => ({ path: 'conditions', message })),
  ];
};

const valueOf = (conditions: readonly BindingCondition[], claim: string): string | undefined =>
  conditions.find((condition) => condition.claim === claim || condition.claim === `/${claim}`)
    ?.equals;

const contextProblems = (context: string): readonly string[] =>
  context.split(':').includes('pull_request')
    ? [
        'Anybody who opens a pull request would be this agent. Bind a branch or an environment instead.',
      ]
    : [];

const repositoryProblems = (id: string | undefined): readonly string[] =>
  id !== undefined && /^\d+$/.test(id)
    ? []
    : [
        'A repository’s name can be given to another one. Add a condition on repository_id with its number.',
      ];

const workflowProblems = (workflow: string | undefined): readonly string[] =>
  workflow !== undefined && WORKFLOW_AT_REF.test(workflow)
    ? []
    : [
        'Every workflow of the repository would be this agent. Add a condition on job_workflow_ref: OWNER/NAME/PATH@REF.',
      ];

const environmentProblems = (
  context: string,
  environment: string | undefined,
): readonly string[] => {
  const named = /(?:^|:)environment:(?<name>[^:]+)/.exec(context)?.groups?.['name'];
  if (named === undefined || named === environment) return [];
  return [
    `The subject names the environment ${named}. Add a condition on environment with exactly this value.`,
  ];
};
