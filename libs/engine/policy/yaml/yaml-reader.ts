import { isAlias, isMap, isNode, isScalar, isSeq, type LineCounter, type Node } from 'yaml';
import { keepsNumber } from '#libs/platform/kernel';
import { problem, type PolicyProblem } from './problem.js';
import type { Position } from './position.js';

/** One key of a mapping with its value; `value` is null when nothing is written after the colon. */
export interface Entry {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node | null;
}

/**
 * Reads YAML nodes strictly and collects what is wrong with positions. Every reader answers null
 * after it has reported a problem, so callers go on and report the rest too.
 */
export class YamlReader {
  readonly problems: PolicyProblem[] = [];
  /** The rule that is being read, for the problems' sake. */
  rule: string | undefined;
  /** The size of all patterns read so far. */
  patternSize = 0;

  readonly #lines: LineCounter;

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  reject(node: Node | null, message: string): null {
    this.problems.push(problem(this.at(node), 'error', message, this.rule));
    return null;
  }

  at(node: Node | null): Position {
    const { line, col } = this.#lines.linePos(node?.range?.[0] ?? 0);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  /** A mapping with text keys, each once, not empty. */
  entries(node: Node | null, what: string, parent: Node | null = null): Entry[] | null {
    if (isAlias(node)) return this.reject(node, ALIAS);
    if (!isMap(node)) return this.reject(node ?? parent, `${what} must be a mapping.`);
    if (node.items.length === 0) return this.reject(node, `${what} must not be empty.`);
    const entries: Entry[] = [];
    const keys = new Set<string>();
    for (const { key, value } of node.items) {
      if (!isScalar(key) || typeof key.value !== 'string') {
        return this.reject(isNode(key) ? key : node, `A key of ${what} must be plain text.`);
      }
      if (keys.has(key.value)) {
        return this.reject(
          key,
          `${what} has the key \`${shown(key.value)}\` twice; keys are unique.`,
        );
      }
      keys.add(key.value);
      entries.push({ key: key.value, keyNode: key, value: isNode(value) ? value : null });
    }
    return entries;
  }

  /** A mapping whose keys are all known. */
  object<K extends string>(
    node: Node | null,
    what: string,
    known: readonly K[],
    parent: Node | null = null,
  ): Partial<Record<K, Entry>> | null {
    const entries = this.entries(node, what, parent);
    if (entries === null) return null;
    const object: Partial<Record<K, Entry>> = {};
    for (const entry of entries) {
      const key = known.find((name) => name === entry.key);
      if (key === undefined) {
        this.reject(
          entry.keyNode,
          `${what} has no key \`${shown(entry.key)}\`; it may have ${list(known)}.`,
        );
        continue;
      }
      object[key] = entry;
    }
    return object;
  }

  items(node: Node | null, what: string, parent: Node | null = null): (Node | null)[] | null {
    if (isAlias(node)) return this.reject(node, ALIAS);
    if (!isSeq(node)) return this.reject(node ?? parent, `${what} must be a list.`);
    return node.items.map((item) => (isNode(item) ? item : null));
  }

  /** Text, a number or true/false; a number must be one that JSON can carry exactly. */
  scalar(
    node: Node | null,
    what: string,
    parent: Node | null = null,
  ): string | number | boolean | null {
    if (isAlias(node)) return this.reject(node, ALIAS);
    const value = isScalar(node) ? node.value : node;
    if (value === null) return this.reject(node ?? parent, `${what} must not be empty or null.`);
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    const number = typeof value === 'bigint' ? Number(value) : value;
    if (typeof number !== 'number') {
      return this.reject(node, `${what} must be text, a number, or true or false.`);
    }
    const exact =
      typeof value === 'bigint'
        ? Number.isSafeInteger(number)
        : Number.isFinite(number) && keepsNumber((isScalar(node) && node.source) || String(number));
    return exact
      ? number
      : this.reject(node, `${what} is a number that cannot be compared exactly.`);
  }

  text(
    node: Node | null,
    what: string,
    maxLength: number,
    parent: Node | null = null,
  ): string | null {
    const value = this.scalar(node, what, parent);
    if (value === null) return null;
    if (typeof value !== 'string')
      return this.reject(node, `${what} must be text; put it in quotes.`);
    if (value.trim() === '') return this.reject(node, `${what} must not be empty.`);
    if (value.length > maxLength) {
      return this.reject(node, `${what} must have at most ${maxLength} characters.`);
    }
    return value;
  }

  oneOf<T extends string>(
    node: Node | null,
    what: string,
    values: readonly T[],
    parent: Node | null = null,
  ): T | null {
    const value = this.scalar(node, what, parent);
    if (value === null) return null;
    const found = values.find((candidate) => candidate === value);
    return found ?? this.reject(node, `${what} must be ${list(values, 'or')}.`);
  }

  /** Only `true`: false would read as "nothing", which is said by leaving it out. */
  isTrue(node: Node | null, what: string, parent: Node | null = null): true | null {
    const value = this.scalar(node, what, parent);
    if (value === null || value === true) return value;
    return this.reject(node, `${what} can only be true.`);
  }
}

const ALIAS = 'Aliases (`*name`) are not allowed in a policy; write the value out.';

/** A name from the text as it may stand in a message: short, and without characters that deceive. */
export const shown = (text: string): string => text.slice(0, 64).replace(/[^\x20-\x7e]/g, '?');

export const list = (names: readonly string[], conjunction = 'and'): string =>
  names.length < 2
    ? names.map((name) => `\`${name}\``).join('')
    : `${names
        .slice(0, -1)
        .map((name) => `\`${name}\``)
        .join(', ')} ${conjunction} \`${names.at(-1) ?? ''}\``;
