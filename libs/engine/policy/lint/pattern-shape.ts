import { tokensWith } from '../conditions/pattern-tokens.js';

/** What a pattern's anchors and flags say, as far as its author may be mistaken about them. */
export interface PatternShape {
  /** Whether every branch begins with `^` or `\A`. */
  readonly isAnchoredAtStart: boolean;
  /** Whether every branch ends with `$` or `\z`. */
  readonly isAnchoredAtEnd: boolean;
  /** `(?m)`: `^` and `$` stand at every line. */
  readonly isMultiline: boolean;
  /** `(?-s)`: a dot is no line break. */
  readonly dotExcludesLineBreaks: boolean;
}

/** Reads the shape of a pattern that RE2 takes. */
export function shapeOf(pattern: string): PatternShape {
  const branches = topLevelBranches(pattern);
  const flags = [...pattern.matchAll(/\(\?([a-zA-Z]*)(?:-([a-zA-Z]*))?[:)]/g)];
  return {
    isAnchoredAtStart: branches.every((tokens) => ANCHOR_START.has(tokens.find(isNoFlag) ?? '')),
    isAnchoredAtEnd: branches.every((tokens) => ANCHOR_END.has(tokens.at(-1) ?? '')),
    isMultiline: flags.some(([, on = '']) => on.includes('m')),
    dotExcludesLineBreaks: flags.some(([, , off = '']) => off.includes('s')),
  };
}

const ANCHOR_START = new Set(['^', '\\A']);
const ANCHOR_END = new Set(['$', '\\z']);
const isNoFlag = (token: string): boolean => !/^\(\?[a-zA-Z-]+\)$/.test(token);

// A flag group is one token; "|" outside of groups parts branches.
const TOKEN = tokensWith(/\(\?[a-zA-Z-]+\)/);

function topLevelBranches(pattern: string): string[][] {
  let depth = 0;
  const branches: string[][] = [[]];
  for (const [token] of pattern.matchAll(TOKEN)) {
    if (token === '|' && depth === 0) {
      branches.push([]);
      continue;
    }
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    branches.at(-1)?.push(token);
  }
  return branches;
}
