import { StandardSchemaValidationPipe } from '@nestjs/common';
import { DomainError, type Problem } from '#libs/platform/kernel';

const MAX_PROBLEMS = 50;

interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
}

const problemOf = (issue: Issue): Problem => ({
  path: (issue.path ?? [])
    .map((part) => String(typeof part === 'object' ? part.key : part))
    .join('.'),
  message: issue.message,
});

/** Parses every parameter by the schema it declares; what does not fit is named part by part. */
export const schemaPipe = (): StandardSchemaValidationPipe =>
  new StandardSchemaValidationPipe({
    exceptionFactory: (issues) =>
      new DomainError(
        'invalid_input',
        'The request does not fit: see problems, then send it again.',
        {
          problems: issues.slice(0, MAX_PROBLEMS).map(problemOf),
        },
      ),
  });
