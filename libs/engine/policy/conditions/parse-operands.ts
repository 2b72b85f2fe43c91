import type { Node } from 'yaml';
import { shown, type Entry, type YamlReader } from '../yaml/yaml-reader.js';
import {
  LENGTH_OPERATORS,
  NAME_OPERATORS,
  type LengthTest,
  type NameSource,
  type NameTest,
} from './condition.js';
import { canonicalHost, canonicalName } from './host-name.js';

const MAX_NAMES = 1_000;
const MAX_NAME_LENGTH = 300;

/** Reads the operand of `length`: bounds that are whole numbers. */
export function parseLength(
  reader: YamlReader,
  node: Node | null,
  keyNode: Node,
): LengthTest | null {
  const object = reader.object(node, '`length`', LENGTH_OPERATORS, keyNode);
  if (object === null) return null;
  const bounds: Partial<Record<(typeof LENGTH_OPERATORS)[number], number>> = {};
  for (const key of LENGTH_OPERATORS) {
    const entry = object[key];
    if (entry === undefined) continue;
    const bound = reader.scalar(entry.value, `\`${key}\``, entry.keyNode);
    if (bound === null) return null;
    if (typeof bound !== 'number' || !Number.isInteger(bound) || bound < 0)
      return reader.reject(entry.value, 'A length is compared with a whole number from 0 on.');
    bounds[key] = bound;
  }
  return Object.keys(bounds).length === 0 ? null : bounds;
}

/** Reads the operand of `host` or `domain`. */
export function parseNameTest(
  reader: YamlReader,
  source: NameSource,
  node: Node | null,
  keyNode: Node,
): NameTest | null {
  const object = reader.object(node, `\`${source}\``, NAME_OPERATORS, keyNode);
  if (object === null) return null;
  const name = (value: Node | null, parent: Node) => parseName(reader, source, value, parent);
  const eq = object.eq && name(object.eq.value, object.eq.keyNode);
  const names = object.in && parseNames(reader, object.in, name);
  const endsWith = object.endsWith && parseSuffix(reader, object.endsWith);
  if (eq === null || names === null || endsWith === null) return null;
  return {
    ...(eq === undefined ? {} : { eq }),
    ...(names === undefined ? {} : { in: names }),
    ...(endsWith === undefined ? {} : { endsWith }),
  };
}

function parseNames(
  reader: YamlReader,
  { value, keyNode }: Entry,
  name: (value: Node | null, parent: Node) => string | null,
): string[] | null {
  const items = reader.items(value, '`in`', keyNode);
  if (items === null) return null;
  if (items.length === 0 || items.length > MAX_NAMES)
    return reader.reject(value, `\`in\` must list 1 to ${MAX_NAMES} names.`);
  const names = items.map((item) => name(item, keyNode));
  const good = names.filter((one) => one !== null);
  return good.length === names.length ? good : null;
}

function parseName(
  reader: YamlReader,
  source: NameSource,
  node: Node | null,
  parent: Node,
): string | null {
  const text = reader.text(node, 'A name', MAX_NAME_LENGTH, parent);
  if (text === null) return null;
  const canonical = source === 'host' ? canonicalHost(text) : canonicalName(text);
  if (canonical !== null) return canonical;
  const what = source === 'host' ? 'host' : 'domain';
  const example = 'write it alone, for example `example.test`, without scheme, port or path';
  return reader.reject(node, `\`${shown(text)}\` is not a ${what}; ${example}.`);
}

// "example.test" without its dot is the end of "evil-example.test", too.
function parseSuffix(reader: YamlReader, { value, keyNode }: Entry): string | null {
  const text = reader.text(value, '`endsWith`', MAX_NAME_LENGTH, keyNode);
  if (text === null) return null;
  const name = text.startsWith('.') ? canonicalName(text.slice(1)) : null;
  if (name !== null) return `.${name}`;
  const advice = 'begins with a dot, for example `.example.test` for all names below example.test';
  return reader.reject(value, `\`endsWith\` of a host or domain ${advice}.`);
}
