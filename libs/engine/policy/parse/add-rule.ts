import { isDeepStrictEqual } from 'node:util';
import { isMap, isNode, isSeq, parseDocument, stringify, type Document, type YAMLSeq } from 'yaml';
import { DomainError, type JsonObject } from '#libs/platform/kernel';
import type { Effect } from './rule.js';

/** A rule as its author would write it: the YAML document's shape, before `parsePolicy` read it. */
export type RuleSource = SourcePrincipal & {
  readonly name: string;
  readonly effect: Effect;
  readonly tools: JsonObject;
  readonly when: JsonObject;
  readonly expiresAt?: string;
  readonly reason: string;
  readonly remedy?: string;
};

type SourcePrincipal =
  | { readonly agents: JsonObject; readonly people?: never }
  | { readonly agents?: never; readonly people: JsonObject };

/**
 * The policy text with the rule appended; what the author wrote stays as it was. It checks nothing:
 * the result goes through `parsePolicy` and `lintPolicy` like any other text. Throws `DomainError`
 * `invalid_input` when the text is not a policy to which a rule can be added.
 */
export function addRule(text: string, rule: RuleSource): string {
  const document = read(text);
  const root = document.contents;
  if (document.errors.length > 0 || (root !== null && !isMap(root))) throw notAPolicy();
  if (!document.has('rules')) document.set('rules', document.createNode([]));
  const rules = document.get('rules');
  if (!isSeq(rules)) throw notAPolicy();
  const spliced = splice(text, rules, rule);
  append(document, rules, rule);
  // Splicing keeps the text to the letter, but YAML has corners; the parsed document decides whether it is right.
  return spliced !== null && says(spliced, document)
    ? spliced
    : document.toString({ lineWidth: 0 });
}

const read = (text: string): Document => parseDocument(text, { version: '1.2', schema: 'core' });

/** The text with the rule written behind the last one; null when the list is not written in lines. */
function splice(text: string, rules: YAMLSeq, rule: RuleSource): string | null {
  const last = rules.items.at(-1);
  if (rules.flow === true || !isNode(last) || !last.range || !rules.range) return null;
  const indent = rules.range[0] - (text.lastIndexOf('\n', rules.range[0] - 1) + 1);
  const lastWord = text.slice(0, last.range[1]).trimEnd().length;
  const lineEnd = text.indexOf('\n', lastWord);
  const at = lineEnd === -1 ? text.length : lineEnd;
  const lines = stringify([rule], { lineWidth: 0 }).trimEnd().split('\n');
  const block = lines.map((line) => `\n${' '.repeat(indent)}${line}`).join('');
  return `${text.slice(0, at)}${block}${text.slice(at)}`;
}

function append(document: Document, rules: YAMLSeq, rule: RuleSource): void {
  // "rules: []" is a flow list, which a rule of several lines would make unreadable.
  if (rules.items.length === 0) rules.flow = false;
  rules.add(document.createNode(rule));
}

function says(text: string, document: Document): boolean {
  const reread = read(text);
  return reread.errors.length === 0 && isDeepStrictEqual(reread.toJS(), document.toJS());
}

const notAPolicy = (): DomainError =>
  new DomainError(
    'invalid_input',
    'A rule cannot be added to this text because it is not a policy with a list of rules; correct the text first.',
  );
