import type { Json, JsonObject } from '#libs/platform/kernel';
import type { ArgumentTest, Check, Condition, Test } from './condition.js';

/** A condition as a policy's text has it: what `parseCondition` reads back to the same. */
export function writeCondition(condition: Condition): JsonObject {
  switch (condition.kind) {
    case 'always':
      return { always: true };
    case 'not':
      return { not: writeCondition(condition.of) };
    case 'all':
    case 'any':
      return { [condition.kind]: condition.of.map(writeCondition) };
    case 'arguments':
      return { arguments: Object.fromEntries(condition.tests.map(writeArgument)) };
  }
}

const writeArgument = ({ path, test, absent }: ArgumentTest): [string, JsonObject] => [
  path,
  { ...writeTest(test), ...(absent === null ? {} : { absent }) },
];

const writeTest = (test: Test): JsonObject =>
  test.kind === 'checks'
    ? {
        ...Object.fromEntries(
          test.checks.map(({ operator, operand }) => [operator, copy(operand)]),
        ),
        ...(test.checks.some((check) => 'ignoreCase' in check) ? { ignoreCase: true } : {}),
      }
    : { [test.kind]: writeTest(test.of) };

const copy = (operand: Check['operand']): Json => structuredClone(operand) as Json;
