import { LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { parseCondition } from '../conditions/parse-condition.js';
import { problem, type PolicyProblem } from '../yaml/problem.js';
import { EFFECTS, type Rule } from './rule.js';
import { parsePrincipal } from '../yaml/parse-principal.js';
import { parseTools } from '../yaml/parse-selectors.js';
import { parseExpiresAt } from '../yaml/parse-expires-at.js';
import { shown, YamlReader } from '../yaml/yaml-reader.js';

/** What `parsePolicy` found: the rules, or everything that is wrong with the text. */
export type ParsedPolicy =
  | { readonly rules: Rule[]; readonly problems: [] }
  | { readonly rules: null; readonly problems: PolicyProblem[] };

const MAX_TEXT_LENGTH = 1_000_000;
const MAX_PROBLEMS = 100;
const RULE_NAME = /^[a-z0-9-]{1,64}$/;
const MAX_WORDS_LENGTH = 500;
const RULE_KEYS = [
  'name',
  'effect',
  'agents',
  'people',
  'tools',
  'when',
  'expiresAt',
  'reason',
  'remedy',
] as const;
const MAX_DEPTH_EXCEEDED = 'The text is nested too deeply.';
const NO_HOLD = 'A rule cannot hold a call: approvals are not available in this version.';

type RuleKey = (typeof RULE_KEYS)[number];

/** Reads a policy text (YAML 1.2); whatever is not understood is a problem, never ignored. */
export function parsePolicy(text: string, options: { holdAvailable: boolean }): ParsedPolicy {
  if (text.length > MAX_TEXT_LENGTH) {
    return rejected([
      problem({ line: 1, column: 1 }, 'error', 'A policy may have at most 1,000,000 characters.'),
    ]);
  }
  const lines = new LineCounter();
  const document = parseYaml(text, lines);
  if (document === null) {
    return rejected([problem({ line: 1, column: 1 }, 'error', MAX_DEPTH_EXCEEDED)]);
  }
  const syntax = syntaxProblems(document, lines);
  if (syntax.length > 0) return rejected(syntax);
  const reader = new YamlReader(lines);
  const rules = readRules(reader, document.contents, options);
  if (reader.problems.length > 0 || rules === null) return rejected(reader.problems);
  return { rules, problems: [] };
}

const rejected = (problems: PolicyProblem[]): ParsedPolicy => ({
  rules: null,
  problems: problems.slice(0, MAX_PROBLEMS),
});

/** Null when the parser ran out of stack, which only a hostile text brings about. */
function parseYaml(text: string, lineCounter: LineCounter): Document.Parsed | null {
  try {
    return parseDocument(text, {
      version: '1.2',
      schema: 'core',
      lineCounter,
      // The parser compares every pair of keys, minutes for a large text: YamlReader looks once.
      uniqueKeys: false,
      intAsBigInt: true,
      prettyErrors: false,
      // With "silent" a second document would be dropped without an error.
      logLevel: 'error',
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function syntaxProblems(document: Document.Parsed, lines: LineCounter): PolicyProblem[] {
  const problems = [...document.errors, ...document.warnings].map(({ pos, code, message }) => {
    const { line, col } = lines.linePos(pos[0]);
    return problem(
      { line: Math.max(line, 1), column: Math.max(col, 1) },
      'error',
      code === 'RESOURCE_EXHAUSTION' ? MAX_DEPTH_EXCEEDED : message.slice(0, 300),
    );
  });
  if (document.directives.yaml.version !== '1.2') {
    problems.push(problem({ line: 1, column: 1 }, 'error', 'A policy is written in YAML 1.2.'));
  }
  return problems;
}

function readRules(
  reader: YamlReader,
  root: Node | null,
  options: { holdAvailable: boolean },
): Rule[] | null {
  const document = reader.object(root, 'A policy', ['rules']);
  if (document === null) return null;
  if (document.rules === undefined) return reader.reject(root, 'A policy needs the key `rules`.');
  const items = reader.items(document.rules.value, '`rules`', document.rules.keyNode);
  const names = new Set<string>();
  const rules: Rule[] = [];
  for (const item of items ?? []) {
    reader.rule = undefined;
    const rule = readRule(reader, item ?? document.rules.keyNode, names, options);
    if (rule !== null) rules.push(rule);
  }
  // A rule that was dropped without a problem would be a deny that nobody misses.
  return rules.length === items?.length || reader.problems.length > 0
    ? rules
    : reader.reject(root, 'A rule could not be read.');
}

function readRule(
  reader: YamlReader,
  node: Node,
  names: Set<string>,
  { holdAvailable }: { holdAvailable: boolean },
): Rule | null {
  const object = reader.object(node, 'A rule', RULE_KEYS);
  if (object === null) return null;
  const need = <T>(
    key: RuleKey,
    read: (value: Node | null, keyNode: Node) => T | null,
  ): T | null => {
    const entry = object[key];
    if (entry === undefined) return reader.reject(node, `A rule needs \`${key}\`.`);
    return read(entry.value, entry.keyNode);
  };
  const words = (key: RuleKey) => (value: Node | null, keyNode: Node) =>
    reader.text(value, `\`${key}\``, MAX_WORDS_LENGTH, keyNode);
  const name = need('name', (value, keyNode) => readName(reader, value, keyNode, names));
  reader.rule = name ?? undefined;
  const effect = need('effect', (value, keyNode) => {
    const read = reader.oneOf(value, '`effect`', EFFECTS, keyNode);
    return read === 'hold' && !holdAvailable ? reader.reject(value, NO_HOLD) : read;
  });
  const principal = parsePrincipal(reader, node, object);
  const tools = need('tools', (value, keyNode) => parseTools(reader, value, keyNode));
  const when = need('when', (value, keyNode) => parseCondition(reader, value, keyNode));
  const reason = need('reason', words('reason'));
  const expiresAtMs =
    object.expiresAt === undefined
      ? null
      : need('expiresAt', (value, keyNode) => parseExpiresAt(reader, value, keyNode));
  const remedy = object.remedy === undefined ? null : need('remedy', words('remedy'));
  if (name === null || effect === null || principal === null) return null;
  if (tools === null || when === null || reason === null) return null;
  return {
    name,
    effect,
    ...principal,
    tools,
    when,
    expiresAtMs,
    reason,
    remedy,
    at: reader.at(node),
  };
}

function readName(
  reader: YamlReader,
  node: Node | null,
  keyNode: Node,
  names: Set<string>,
): string | null {
  const name = reader.text(node, '`name`', 200, keyNode);
  if (name === null) return null;
  if (!RULE_NAME.test(name)) {
    return reader.reject(node, 'A rule is named with 1 to 64 of the characters a-z, 0-9 and `-`.');
  }
  if (names.has(name)) {
    return reader.reject(node, `Another rule is already named \`${shown(name)}\`.`);
  }
  names.add(name);
  return name;
}
