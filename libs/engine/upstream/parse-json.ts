import { randomBytes } from 'node:crypto';

import {
  ExactNumber,
  isExactObject,
  isPlainNumber,
  keepsNumber,
  MAX_JSON_DEPTH,
  type ExactJson,
} from '#libs/platform/kernel';

import { UpstreamError } from './errors.js';

/**
 * Parses what a tool server sent, every number as it was sent (invariant G20). Depth is counted first: later
 * recursion over it must not overflow.
 */
export const parseUpstreamJson = (text: string): ExactJson => {
  const exact = scan(text);
  try {
    return exact.length === 0 ? (JSON.parse(text) as ExactJson) : parseExactly(text, exact);
  } catch (error) {
    throw unusable('is not JSON', error);
  }
};

/** Rejects what is nested too deep, before anybody parses it. @throws UpstreamError */
export const assertShallow = (text: string): void => void scan(text);

const unusable = (what: string, cause?: unknown): UpstreamError =>
  new UpstreamError('upstream_failed', `The tool server's answer ${what}.`, 'unknown', { cause });

const QUOTE = 0x22;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const NUMBER_LIKE = /[-+.\deE]*/y;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
// Each costs a microsecond or two: with more of them 1.0 may arrive as 1, and larger numbers not at all.
const MAX_SPELLINGS = 10_000;
const MAX_EXACT = 20_000;

/** Where a number begins and ends that JavaScript would write otherwise. */
type Place = readonly [start: number, end: number];

// One pass over the text, whatever it is: whether it is JSON is not asked yet.
const scan = (text: string): Place[] => {
  const exact: Place[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === 0x7b || code === 0x5b) depth += 1;
    else if (code === 0x7d || code === 0x5d) depth -= 1;
    else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      NUMBER_LIKE.lastIndex = at;
      const [number = ''] = NUMBER_LIKE.exec(text) ?? [];
      if (isExact(number, exact.length)) exact.push([at, at + number.length]);
      at += number.length - 1;
    }
    if (depth > MAX_JSON_DEPTH)
      throw unusable(`is nested deeper than ${String(MAX_JSON_DEPTH)} levels`);
  }
  return exact;
};

const isExact = (number: string, found: number): boolean => {
  // What is no number stays, and is found by whatever parses it.
  if (isPlainNumber(number) || !NUMBER.test(number)) return false;
  if (found < MAX_SPELLINGS) return true;
  if (keepsNumber(number)) return false;
  if (found < MAX_EXACT) return true;
  throw unusable(`has more than ${String(MAX_EXACT)} numbers that cannot be kept exactly`);
};

// What nobody outside knows: a text of theirs cannot be taken for a number.
const MARK = randomBytes(16).toString('hex');

// JSON.parse with a reviver takes seconds for a few megabytes, so numbers go through it as texts.
const parseExactly = (text: string, exact: readonly Place[]): ExactJson => {
  let marked = '';
  let done = 0;
  for (const [start, end] of exact) {
    marked += `${text.slice(done, start)}"${MARK}${text.slice(start, end)}"`;
    done = end;
  }
  return withExact(JSON.parse(marked + text.slice(done)) as ExactJson);
};

const withExact = (value: ExactJson): ExactJson => {
  if (typeof value === 'string')
    return value.startsWith(MARK) ? new ExactNumber(value.slice(MARK.length)) : value;
  if (Array.isArray(value)) return value.map(withExact);
  if (!isExactObject(value)) return value;
  // fromEntries defines: no key, whatever it is named, changes what the object inherits.
  return Object.fromEntries(Object.entries(value).map(withExactMember));
};

const withExactMember = ([key, value]: [string, ExactJson]): [string, ExactJson] => {
  if (key.startsWith(MARK)) throw new SyntaxError('a number where a key belongs');
  return [key, withExact(value)];
};

const endOfString = (text: string, start: number): number => {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
};
