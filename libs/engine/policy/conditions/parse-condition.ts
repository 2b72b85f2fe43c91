import type { Node } from 'yaml';
import { list, type Entry, type YamlReader } from '../yaml/yaml-reader.js';
import { ABSENT, type ArgumentTest, type Condition } from './condition.js';
import { parseTest } from './parse-test.js';

const KINDS = ['always', 'all', 'any', 'not', 'arguments'] as const;
const MAX_DEPTH = 16;
const MAX_PATH_LENGTH = 200;
const MAX_PATH_SEGMENTS = 16;

/** Reads a condition; null after a problem was reported. */
export function parseCondition(
  reader: YamlReader,
  node: Node | null,
  parent: Node | null,
  depth = 1,
): Condition | null {
  if (depth > MAX_DEPTH) {
    return reader.reject(node ?? parent, `A condition may be nested ${MAX_DEPTH} deep at most.`);
  }
  const object = reader.object(node, 'A condition', KINDS, parent);
  if (object === null) return null;
  const [entry, ...more] = Object.values(object);
  if (entry === undefined) return null;
  if (more.length > 0) {
    return reader.reject(
      node,
      `A condition is exactly one of ${list(KINDS, 'or')}; combine several with \`all\` or \`any\`.`,
    );
  }
  return parseKind(reader, entry, depth);
}

function parseKind(
  reader: YamlReader,
  { key, keyNode, value }: Entry,
  depth: number,
): Condition | null {
  switch (key) {
    case 'always':
      return reader.isTrue(value, '`always`', keyNode) === null ? null : { kind: 'always' };
    case 'all':
    case 'any': {
      const of = parseConditions(reader, value, key, keyNode, depth);
      return of === null ? null : { kind: key, of };
    }
    case 'not': {
      const of = parseCondition(reader, value, keyNode, depth + 1);
      return of === null ? null : { kind: 'not', of };
    }
    default: {
      const tests = parseArguments(reader, value, keyNode);
      return tests === null ? null : { kind: 'arguments', tests };
    }
  }
}

function parseConditions(
  reader: YamlReader,
  node: Node | null,
  kind: string,
  keyNode: Node,
  depth: number,
): Condition[] | null {
  const items = reader.items(node, `\`${kind}\``, keyNode);
  if (items === null) return null;
  if (items.length === 0)
    return reader.reject(node, `\`${kind}\` must list at least one condition.`);
  const of = items.map((item) => parseCondition(reader, item, keyNode, depth + 1));
  return whole(of);
}

function parseArguments(
  reader: YamlReader,
  node: Node | null,
  keyNode: Node,
): ArgumentTest[] | null {
  const entries = reader.entries(node, '`arguments`', keyNode);
  if (entries === null) return null;
  return whole(entries.map((entry) => parseArgument(reader, entry)));
}

function parseArgument(reader: YamlReader, { key, keyNode, value }: Entry): ArgumentTest | null {
  const segments = key.split('.');
  if (
    key.length > MAX_PATH_LENGTH ||
    segments.length > MAX_PATH_SEGMENTS ||
    segments.includes('')
  ) {
    return reader.reject(
      keyNode,
      'An argument is named by a dotted path such as `amount` or `customer.id`.',
    );
  }
  const test = parseTest(reader, value, keyNode);
  if (test === null) return null;
  const absent =
    test.absent === undefined
      ? null
      : reader.oneOf(test.absent.value, '`absent`', ABSENT, test.absent.keyNode);
  if (test.absent !== undefined && absent === null) return null;
  return { path: key, segments, test: test.test, absent, at: reader.at(keyNode) };
}

/** The list, or null if any part of it was rejected. */
function whole<T>(parts: readonly (T | null)[]): T[] | null {
  const good = parts.filter((part) => part !== null);
  return good.length === parts.length ? good : null;
}
