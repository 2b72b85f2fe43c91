import { StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { DomainError, type Problem } from '#libs/platform/kernel';
import { BodyError } from '../errors.js';

const MAX_PROBLEMS = 50;
const MESSAGE = 'The request does not fit: see problems, then send it again.';

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
export class SchemaPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({
      exceptionFactory: (issues) =>
        new DomainError('invalid_input', MESSAGE, {
          problems: issues.slice(0, MAX_PROBLEMS).map(problemOf),
        }),
    });
  }

  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      if (metadata.type !== 'body' || !(error instanceof DomainError)) throw error;
      throw new BodyError(error.message, { problems: error.problems });
    }
  }
}
