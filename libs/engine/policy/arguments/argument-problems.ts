import type { ErrorObject } from 'ajv';
import type { Problem } from '#libs/platform/kernel';

const MAX_PROBLEMS = 10;
const MAX_NAME_LENGTH = 64;
const MAX_PATH_LENGTH = 200;

/** Ajv's errors as problems: at most ten, with names of properties but never a value. */
export function argumentProblems(errors: readonly ErrorObject[]): Problem[] {
  const problems = new Map<string, Problem>();
  for (const error of errors) {
    if (problems.size === MAX_PROBLEMS) break;
    const problem = { path: dotted(error.instancePath), message: messageOf(error) };
    problems.set(`${problem.path} ${problem.message}`, problem);
  }
  return [...problems.values()];
}

function messageOf({ keyword, params, message }: ErrorObject): string {
  const named = params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case 'additionalProperties':
      return `has an argument that the tool does not declare: \`${printable(named['additionalProperty'])}\``;
    case 'unevaluatedProperties':
      return `has an argument that the tool does not declare: \`${printable(named['unevaluatedProperty'])}\``;
    case 'required':
      return `needs \`${printable(named['missingProperty'])}\``;
    case 'propertyNames':
      return 'has a property whose name is not allowed';
    case 'pattern':
      return 'must match the pattern that the tool declares';
    default:
      return (message ?? 'is not what the tool declares').slice(0, MAX_PATH_LENGTH);
  }
}

// Names can come from the caller: short, and without characters that deceive a reader.
const printable = (name: unknown): string =>
  String(name)
    .slice(0, MAX_NAME_LENGTH)
    .replace(/[^\x20-\x7e]/g, '?');

const dotted = (instancePath: string): string =>
  instancePath
    .split('/')
    .slice(1)
    .map((segment) => printable(segment.replaceAll('~1', '/').replaceAll('~0', '~')))
    .join('.')
    .slice(0, MAX_PATH_LENGTH);
