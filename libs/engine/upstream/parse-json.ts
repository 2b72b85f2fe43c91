import { ExactNumber, isPlainNumber, MAX_JSON_DEPTH, type ExactJson } from '#libs/platform/kernel';

import { UpstreamError } from './errors.js';

/**
 * Parses what a tool server sent, every number as it was sent (invariant G20). Depth is counted first: later
 * recursion over it must not overflow.
 */
export const parseUpstreamJson = (text: string): ExactJson => {
  const { isTooDeep, isPlain } = scan(text);
  if (isTooDeep) throw tooDeep();
  try {
    return isPlain ? (JSON.parse(text) as ExactJson) : parseExactly(text);
  } catch (error) {
    throw new UpstreamError('upstream_failed', "The tool server's answer is not JSON.", 'unknown', {
      cause: error,
    });
  }
};

/** Rejects what is nested too deep, before anybody parses it. @throws UpstreamError */
export const assertShallow = (text: string): void => {
  if (scan(text).isTooDeep) throw tooDeep();
};

const tooDeep = (): UpstreamError =>
  new UpstreamError(
    'upstream_failed',
    `The tool server's answer is nested deeper than ${String(MAX_JSON_DEPTH)} levels.`,
    'unknown',
  );

const { parse } = JSON as unknown as {
  // The third parameter is in the pinned Node, and not yet in TypeScript's own declarations.
  parse: (
    text: string,
    revive: (key: string, value: unknown, context: { source?: string }) => unknown,
  ) => ExactJson;
};

// Several times as slow as without a reviver, so only where a number would change.
const parseExactly = (text: string): ExactJson =>
  parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && !isPlainNumber(source)
      ? new ExactNumber(source)
      : value,
  );

const QUOTE = 0x22;
const MINUS = 0x2d;
const NUMBER = /[-+.\deE]*/y;

// One pass over the text, whatever it is: whether it is JSON is not asked yet.
const scan = (text: string): { isTooDeep: boolean; isPlain: boolean } => {
  let depth = 0;
  let isPlain = true;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === 0x7b || code === 0x5b) depth += 1;
    else if (code === 0x7d || code === 0x5d) depth -= 1;
    else if (isPlain && (code === MINUS || (code >= 0x30 && code <= 0x39))) {
      NUMBER.lastIndex = at;
      const [number = ''] = NUMBER.exec(text) ?? [];
      isPlain = isPlainNumber(number);
      at += number.length - 1;
    }
    if (depth > MAX_JSON_DEPTH) return { isTooDeep: true, isPlain };
  }
  return { isTooDeep: false, isPlain };
};

const endOfString = (text: string, start: number): number => {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
};
