import type { Node } from 'yaml';
import { CLASSIFICATIONS, RISK_TIERS } from '../compile/facts.js';
import type { AgentSelector, PeopleSelector, ToolSelector } from '../parse/rule.js';
import { ANNOTATION_DEFAULTS } from '../compile/select.js';
import type { Entry, YamlReader } from './yaml-reader.js';

const MAX_NAMES = 1_000;
const MAX_NAME_LENGTH = 200;
const EVERY_AGENT: AgentSelector = { names: null, teams: null, tiers: null, tags: null };
const EVERYBODY: PeopleSelector = { groups: null };
const EVERY_TOOL: ToolSelector = {
  servers: null,
  names: null,
  classifications: null,
  annotations: null,
};

/** Reads a rule's `agents`. */
export function parseAgents(
  reader: YamlReader,
  node: Node | null,
  parent: Node,
): AgentSelector | null {
  const object = reader.object(
    node,
    '`agents`',
    ['all', 'names', 'teams', 'tiers', 'tags'],
    parent,
  );
  if (object === null) return null;
  if (object.all !== undefined) return parseAll(reader, object.all, object, EVERY_AGENT);
  return complete(object, {
    names: names(reader, object.names),
    teams: names(reader, object.teams),
    tiers: names(reader, object.tiers, RISK_TIERS),
    tags: names(reader, object.tags),
  });
}

/** Reads a rule's `people`. */
export function parsePeople(
  reader: YamlReader,
  node: Node | null,
  parent: Node,
): PeopleSelector | null {
  const object = reader.object(node, '`people`', ['all', 'groups'], parent);
  if (object === null) return null;
  if (object.all !== undefined) return parseAll(reader, object.all, object, EVERYBODY);
  return complete(object, { groups: names(reader, object.groups) });
}

/** Reads a rule's `tools`. */
export function parseTools(
  reader: YamlReader,
  node: Node | null,
  parent: Node,
): ToolSelector | null {
  const known = ['all', 'servers', 'names', 'classifications', 'annotations'] as const;
  const object = reader.object(node, '`tools`', known, parent);
  if (object === null) return null;
  if (object.all !== undefined) return parseAll(reader, object.all, object, EVERY_TOOL);
  return complete(object, {
    servers: names(reader, object.servers),
    names: names(reader, object.names),
    classifications: names(reader, object.classifications, CLASSIFICATIONS),
    annotations: parseAnnotations(reader, object.annotations),
  });
}

function parseAll<T>(reader: YamlReader, all: Entry, object: object, everything: T): T | null {
  if (Object.keys(object).length > 1) {
    return reader.reject(all.keyNode, '`all` stands alone: it already selects everything.');
  }
  return reader.isTrue(all.value, '`all`', all.keyNode) === null ? null : everything;
}

// A key that was written and rejected must not turn into "null", which would select everything.
function complete<T extends object>(object: Partial<Record<string, Entry>>, selector: T): T | null {
  const values = Object.entries(selector);
  const read = values.filter(([, value]) => value !== null);
  const rejected = values.some(([key, value]) => value === null && object[key] !== undefined);
  return rejected || read.length === 0 ? null : selector;
}

function names(
  reader: YamlReader,
  entry: Entry | undefined,
  values?: readonly string[],
): string[] | null {
  if (entry === undefined) return null;
  const what = `\`${entry.key}\``;
  const items = reader.items(entry.value, what, entry.keyNode);
  if (items === null) return null;
  if (items.length === 0 || items.length > MAX_NAMES) {
    return reader.reject(entry.value, `${what} must list 1 to ${MAX_NAMES} names.`);
  }
  const read = items.map((item) =>
    values === undefined
      ? reader.text(item, `A name in ${what}`, MAX_NAME_LENGTH, entry.keyNode)
      : reader.oneOf(item, `A value of ${what}`, values, entry.keyNode),
  );
  const good = read.filter((name) => name !== null);
  return good.length === read.length ? good : null;
}

function parseAnnotations(
  reader: YamlReader,
  entry: Entry | undefined,
): Record<string, boolean> | null {
  if (entry === undefined) return null;
  const hints = [...ANNOTATION_DEFAULTS.keys()];
  const object = reader.object(entry.value, '`annotations`', hints, entry.keyNode);
  if (object === null) return null;
  const annotations: Record<string, boolean> = {};
  for (const { key, keyNode, value } of Object.values(object).filter(
    (hint) => hint !== undefined,
  )) {
    const hint = reader.scalar(value, `\`${key}\``, keyNode);
    if (hint === null) return null;
    if (typeof hint !== 'boolean') return reader.reject(value, `\`${key}\` must be true or false.`);
    annotations[key] = hint;
  }
  return Object.keys(annotations).length === 0 ? null : annotations;
}
