import type { Json } from '#libs/platform/kernel';

import { UpstreamError } from './errors.js';

const MAX_DEPTH = 64;

/** Parses what a tool server sent. Depth is counted first: later recursion over it must not overflow. */
export const parseUpstreamJson = (text: string): Json => {
  assertShallow(text);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new UpstreamError('upstream_failed', "The tool server's answer is not JSON.", 'unknown', {
      cause: error,
    });
  }
};

/** Rejects what is nested too deep, before anybody parses it. @throws UpstreamError */
export const assertShallow = (text: string): void => {
  if (!isTooDeep(text)) return;
  throw new UpstreamError(
    'upstream_failed',
    `The tool server's answer is nested deeper than ${String(MAX_DEPTH)} levels.`,
    'unknown',
  );
};

const isTooDeep = (text: string): boolean => {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x7b || code === 0x5b) depth += 1;
    else if (code === 0x7d || code === 0x5d) depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
};

const endOfString = (text: string, start: number): number => {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
};
