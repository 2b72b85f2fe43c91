import type { Node } from 'yaml';
import type { RulePrincipal } from '../parse/rule.js';
import { parseAgents, parsePeople } from './parse-selectors.js';
import type { Entry, YamlReader } from './yaml-reader.js';

const BOTH =
  'A rule has `agents` or `people`, never both: a call for a person is decided once for each, so write a rule for each.';

/** Reads whom a rule speaks of: `agents` or `people`, exactly one of the two. */
export function parsePrincipal(
  reader: YamlReader,
  node: Node,
  { agents, people }: { agents?: Entry | undefined; people?: Entry | undefined },
): RulePrincipal | null {
  if (agents !== undefined && people !== undefined) return reader.reject(people.keyNode, BOTH);
  if (people !== undefined) {
    const selector = parsePeople(reader, people.value, people.keyNode);
    return selector && { agents: null, people: selector };
  }
  if (agents === undefined) return reader.reject(node, 'A rule needs `agents` or `people`.');
  const selector = parseAgents(reader, agents.value, agents.keyNode);
  return selector && { agents: selector, people: null };
}
