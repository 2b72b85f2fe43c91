import type { Node } from 'yaml';
import { compileLinearRegex } from './linear-regex.js';
import { sizeOfPattern } from './pattern-size.js';
import { UnsupportedPatternError } from '../errors.js';
import type { Entry, YamlReader } from '../yaml/yaml-reader.js';
import {
  NAME_SOURCES,
  NUMBER_OPERATORS,
  QUANTIFIERS,
  STRING_OPERATORS,
  type Check,
  type Scalar,
  type StringOperator,
  type Test,
} from './condition.js';
import { parseIgnoreCase } from './parse-ignore-case.js';
import { parseLength, parseNameTest } from './parse-operands.js';

const OPERATORS = [
  'eq',
  'in',
  ...NUMBER_OPERATORS,
  ...STRING_OPERATORS,
  'length',
  ...NAME_SOURCES,
] as const;
const ELEMENT_KEYS = [...OPERATORS, 'ignoreCase', ...QUANTIFIERS] as const;
const KEYS = [...ELEMENT_KEYS, 'absent'] as const;
const MAX_TEXT_LENGTH = 500;
const MAX_LIST_LENGTH = 1_000;
const MAX_DEPTH = 8;
// All patterns of a policy: what a first call may have to compile.
const MAX_PATTERNS_SIZE = 20_000;

type Operator = (typeof OPERATORS)[number];

/** Reads the test of an argument, and hands back its `absent` unread. */
export function parseTest(
  reader: YamlReader,
  node: Node | null,
  parent: Node,
): { test: Test; absent: Entry | undefined } | null {
  const object = reader.object(node, 'A test', KEYS, parent);
  if (object === null) return null;
  const { absent, ...rest } = object;
  const test = testOf(reader, node, rest, 1);
  return test === null ? null : { test, absent };
}

function parseElementTest(
  reader: YamlReader,
  node: Node | null,
  parent: Node,
  depth: number,
): Test | null {
  if (depth > MAX_DEPTH)
    return reader.reject(node ?? parent, `A test may be nested ${MAX_DEPTH} deep at most.`);
  const object = reader.object(node, 'A test of array elements', ELEMENT_KEYS, parent);
  return object === null ? null : testOf(reader, node, object, depth);
}

function testOf(
  reader: YamlReader,
  node: Node | null,
  object: Partial<Record<string, Entry>>,
  depth: number,
): Test | null {
  const { ignoreCase, ...rest } = object;
  const entries = Object.values(rest).filter((entry) => entry !== undefined);
  if (entries.length === 0) return reader.reject(node, 'A test needs at least one operator.');
  const quantifier = entries.find(({ key }) => key === 'every' || key === 'some');
  if (quantifier === undefined) {
    const read = entries
      .map((entry) => parseCheck(reader, entry))
      .filter((check) => check !== null);
    if (read.length < entries.length) return null;
    const checks = ignoreCase === undefined ? read : parseIgnoreCase(reader, ignoreCase, read);
    return checks === null ? null : { kind: 'checks', checks };
  }
  if (entries.length > 1 || ignoreCase !== undefined) {
    return reader.reject(
      node,
      'An array is tested by exactly one of `every` or `some`, with the operators inside it.',
    );
  }
  const of = parseElementTest(reader, quantifier.value, quantifier.keyNode, depth + 1);
  return of === null ? null : { kind: quantifier.key === 'every' ? 'every' : 'some', of };
}

function parseCheck(reader: YamlReader, { key, keyNode, value }: Entry): Check | null {
  const operator = OPERATORS.find((name) => name === key);
  // The keys were checked against the same list; this keeps the function total.
  if (operator === undefined) return reader.reject(keyNode, 'Unknown operator.');
  return parseOperand(reader, operator, value, keyNode);
}

function parseOperand(
  reader: YamlReader,
  operator: Operator,
  node: Node | null,
  keyNode: Node,
): Check | null {
  const what = `\`${operator}\``;
  switch (operator) {
    case 'eq': {
      const operand = operandScalar(reader, node, what, keyNode);
      return operand === null ? null : { operator, operand };
    }
    case 'in': {
      const operand = parseList(reader, node, keyNode);
      return operand === null ? null : { operator, operand };
    }
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte': {
      const operand = reader.scalar(node, what, keyNode);
      if (operand === null) return null;
      if (typeof operand === 'number') return { operator, operand };
      return reader.reject(node, `${what} compares numbers only.`);
    }
    case 'startsWith':
    case 'endsWith':
    case 'contains':
    case 'matches': {
      const operand = reader.text(node, what, MAX_TEXT_LENGTH, keyNode);
      if (operand === null || !isUsable(reader, operator, operand, node)) return null;
      return { operator, operand };
    }
    case 'length': {
      const operand = parseLength(reader, node, keyNode);
      return operand === null ? null : { operator, operand };
    }
    case 'host':
    case 'domain': {
      const operand = parseNameTest(reader, operator, node, keyNode);
      return operand === null ? null : { operator, operand };
    }
  }
}

function parseList(reader: YamlReader, node: Node | null, keyNode: Node): Scalar[] | null {
  const items = reader.items(node, '`in`', keyNode);
  if (items === null) return null;
  if (items.length === 0 || items.length > MAX_LIST_LENGTH) {
    return reader.reject(node, `\`in\` must list 1 to ${MAX_LIST_LENGTH} values.`);
  }
  const values = items.map((item) => operandScalar(reader, item, 'A value of `in`', keyNode));
  const good = values.filter((value) => value !== null);
  return good.length === values.length ? good : null;
}

function operandScalar(
  reader: YamlReader,
  node: Node | null,
  what: string,
  keyNode: Node,
): Scalar | null {
  const value = reader.scalar(node, what, keyNode);
  if (typeof value === 'string' && value.length > MAX_TEXT_LENGTH) {
    return reader.reject(node, `${what} must have at most ${MAX_TEXT_LENGTH} characters.`);
  }
  return value;
}

function isUsable(
  reader: YamlReader,
  operator: StringOperator,
  operand: string,
  node: Node | null,
): boolean {
  if (operator !== 'matches') return true;
  try {
    reader.patternSize += sizeOfPattern(operand);
    if (reader.patternSize > MAX_PATTERNS_SIZE)
      throw new UnsupportedPatternError(
        'the patterns of this policy are too large together; use `eq`, `in`, `host` or `domain`, or part the policy',
      );
    compileLinearRegex(operand);
    return true;
  } catch (error) {
    if (!(error instanceof UnsupportedPatternError)) throw error;
    reader.reject(node, `\`matches\` is rejected: ${error.message}.`);
    return false;
  }
}
