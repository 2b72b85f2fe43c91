import { isUtf8 } from 'node:buffer';

import {
  ExactNumber,
  isExactObject,
  keepsNumber,
  markNumbers,
  MAX_JSON_DEPTH,
  type ExactJson,
  type Json,
} from '#libs/platform/kernel';
import {
  boolCoreTag,
  FAILSAFE_SCHEMA,
  floatCoreTag,
  intCoreTag,
  load,
  mergeTag,
  NOT_RESOLVED,
  nullCoreTag,
  Schema,
  YAMLException,
} from 'js-yaml';

import { parseUpstreamJson } from '../parse-json.js';

/** Why a document cannot be read. */
export class UnreadableDocumentError extends Error {}

const MAX_ALIASES = 10_000;
// What an alias stands for counts each time: a text of a few lines can stand for billions.
const MAX_NODES = 3_000_000;

/**
 * Parses a document in JSON or YAML 1.2, numbers that a double does not keep marked. Its depth is bounded
 * before it is parsed (YAML: while), and so is what its aliases stand for before it is copied.
 * @throws UnreadableDocumentError, UpstreamError
 */
export const parseDocument = (bytes: Uint8Array): Json => {
  if (!isUtf8(bytes)) throw new UnreadableDocumentError('The document is not in UTF-8.');
  const text = new TextDecoder().decode(bytes);
  const isJson = /^\s*[{[]/.test(text);
  return marked(isJson ? parseUpstreamJson(text) : parseYaml(text));
};

const marked = (document: ExactJson): Json => {
  try {
    return markNumbers(document);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UnreadableDocumentError(`The document cannot be stored: ${error.message}.`);
  }
};

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** A number of YAML with its digits: in another notation than JSON's only where a double keeps it. */
const exact =
  (resolve: typeof floatCoreTag.resolve): ((...args: Parameters<typeof resolve>) => unknown) =>
  (source, isExplicit, tagName) => {
    const value: unknown = resolve(source, isExplicit, tagName);
    if (value === NOT_RESOLVED || typeof value !== 'number') return value;
    if (DECIMAL.test(source)) return keepsNumber(source) ? value : new ExactNumber(source);
    if (Number.isFinite(value) && keepsNumber(String(value))) return value;
    throw new UnreadableDocumentError(`The document has the number ${source.slice(0, 40)}.`);
  };

const SCHEMA = new Schema([
  ...FAILSAFE_SCHEMA.tags,
  nullCoreTag,
  boolCoreTag,
  { ...intCoreTag, resolve: exact(intCoreTag.resolve) },
  { ...floatCoreTag, resolve: exact(floatCoreTag.resolve) },
  mergeTag,
]);

const parseYaml = (text: string): ExactJson => {
  try {
    const parsed: unknown = load(text, {
      schema: SCHEMA,
      maxDepth: MAX_JSON_DEPTH,
      maxAliases: MAX_ALIASES,
    });
    assertBounded(parsed);
    return parsed as ExactJson;
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new UnreadableDocumentError(
      `The document is neither JSON nor YAML: ${error.reason.slice(0, 200)}.`,
    );
  }
};

/** Without recursion: an alias may stand for what it is in, and what is shared may be endless. */
const assertBounded = (parsed: unknown): void => {
  const waiting: { value: unknown; depth: number }[] = [{ value: parsed, depth: 0 }];
  let nodes = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    nodes += 1;
    if (nodes > MAX_NODES || next.depth > MAX_JSON_DEPTH)
      throw new UnreadableDocumentError(
        `The document is nested deeper than ${String(MAX_JSON_DEPTH)} levels or has more than ${String(MAX_NODES)} parts, aliases followed.`,
      );
    const { value, depth } = next;
    if (Array.isArray(value) || isExactObject(value))
      for (const inner of Object.values(value)) waiting.push({ value: inner, depth: depth + 1 });
  }
};
