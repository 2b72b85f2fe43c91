import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { parsePolicy } from '../parse/parse-policy.js';
import { nameKey, splitToolName, type NameBinding, type NamedKind } from './name-bindings.js';
import type { NamesOfToday } from './names-of-today.js';

/**
 * A policy text with the names of today in place of those that it was written with; everything else stays
 * to the letter. A name of something that no longer exists stays as written.
 */
export function writeNamesOfToday(
  text: string,
  bindings: readonly NameBinding[],
  today: NamesOfToday,
): string {
  const renamed = renames(bindings, today);
  if (renamed.size === 0) return text;
  const nowOf = (kind: NamedKind, name: string) => renamed.get(nameKey({ kind, name })) ?? name;
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end, kind, name } of namesWithPlaces(text)) {
    const now = kind === 'tool' ? toolNow(name, nowOf) : nowOf(kind, name);
    if (now === name) continue;
    pieces.push(text.slice(done, start), JSON.stringify(now));
    done = end;
  }
  const written = pieces.join('') + text.slice(done);
  // YAML has corners; what cannot be read again is not shown.
  return parsePolicy(written, { holdAvailable: true }).rules === null ? text : written;
}

function renames(bindings: readonly NameBinding[], today: NamesOfToday): Map<string, string> {
  const renamed = new Map<string, string>();
  for (const binding of bindings) {
    const now = today.nameOf(binding.kind, binding.id);
    if (now !== undefined && now !== binding.name) renamed.set(nameKey(binding), now);
  }
  return renamed;
}

const toolNow = (name: string, nowOf: (kind: NamedKind, name: string) => string): string => {
  const { server, tool } = splitToolName(name);
  return `${nowOf('server', server)}/${tool}`;
};

interface Place {
  start: number;
  end: number;
  kind: NamedKind | 'tool';
  name: string;
}

const LISTS: readonly [selector: string, key: string, kind: Place['kind']][] = [
  ['agents', 'names', 'agent'],
  ['agents', 'teams', 'team'],
  ['people', 'groups', 'group'],
  ['tools', 'servers', 'server'],
  ['tools', 'names', 'tool'],
];

function namesWithPlaces(text: string): Place[] {
  const { contents } = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    intAsBigInt: true,
    uniqueKeys: false,
  });
  return itemsOf(valueOf(contents, 'rules'))
    .flatMap((rule) =>
      LISTS.flatMap(([selector, key, kind]) =>
        itemsOf(valueOf(valueOf(rule, selector), key)).flatMap((item) => placeOf(item, kind)),
      ),
    )
    .sort((a, b) => a.start - b.start);
}

const placeOf = (item: unknown, kind: Place['kind']): Place[] => {
  if (!isScalar(item) || typeof item.value !== 'string' || !item.range) return [];
  // A block scalar ends with its line's end, which must stay.
  if (item.type === 'BLOCK_FOLDED' || item.type === 'BLOCK_LITERAL') return [];
  return [{ start: item.range[0], end: item.range[1], kind, name: item.value }];
};

const valueOf = (node: unknown, key: string): unknown =>
  isMap(node) ? node.get(key, true) : undefined;

const itemsOf = (node: unknown): readonly unknown[] => (isSeq(node) ? node.items : []);
