import { UnsupportedPatternError } from '../errors.js';
import { tokensWith } from './pattern-tokens.js';

// A counted repetition of a short pattern can be a huge automaton ("a{1000}" seventy times), and a Unicode
// class a table: what a pattern will cost is known from its text, before it is compiled.
const MAX_PATTERN_LENGTH = 2_000;
const MAX_PATTERN_DEPTH = 100;
const MAX_UNICODE_CLASSES = 32;
/** As the compiled program's own bound, with room for what the compiler joins. */
const MAX_PATTERN_SIZE = 3_000;

// A counted repetition is one token.
const TOKEN = tokensWith(/\{(\d+)(,(\d*))?\}/);

/**
 * About how many instructions the pattern compiles to: its characters, times the counts around them. Throws
 * `UnsupportedPatternError` when that, its length or its nesting is too much to compile at all.
 */
export function sizeOfPattern(source: string): number {
  if (source.length > MAX_PATTERN_LENGTH)
    throw new UnsupportedPatternError(`it is longer than ${MAX_PATTERN_LENGTH} characters`);
  if ((source.match(/\\p/gi)?.length ?? 0) > MAX_UNICODE_CLASSES)
    throw new UnsupportedPatternError(`it has more than ${MAX_UNICODE_CLASSES} Unicode classes`);
  const size = measure(source);
  if (size > MAX_PATTERN_SIZE)
    throw new UnsupportedPatternError('its repetitions multiply to too large an automaton');
  return size;
}

interface Group {
  size: number;
  /** The size of what a repetition would repeat. */
  last: number;
}

function measure(source: string): number {
  let group: Group = { size: 0, last: 0 };
  const outer: Group[] = [];
  const add = (size: number): void => {
    group.size += size;
    group.last = size;
  };
  for (const [token, least, range, most] of source.matchAll(TOKEN)) {
    if (least !== undefined) {
      const times = Math.max(Number(least), Number(most === '' ? 1 : (most ?? 1)), 1);
      group.size += group.last * (times - 1) + (range === undefined ? 0 : 1);
      group.last *= times;
    } else if (token === '(') {
      outer.push(group);
      group = { size: 0, last: 0 };
      if (outer.length > MAX_PATTERN_DEPTH)
        throw new UnsupportedPatternError(`it is nested deeper than ${MAX_PATTERN_DEPTH} groups`);
    } else if (token === ')') {
      const { size } = group;
      group = outer.pop() ?? { size: 0, last: 0 };
      add(size + 1);
    } else add(token.startsWith('\\Q') ? token.length : 1);
  }
  return outer.reduce((sum, { size }) => sum + size, group.size);
}
