import type { Json, JsonObject } from '#libs/platform/kernel';

/** The argument is not there; a null is there. */
export const MISSING = Symbol('missing');
/** The way to the argument leads through something that is no object. */
export const BLOCKED = Symbol('blocked');

/** An argument's value, or why there is none. */
export type Located = Json | typeof MISSING | typeof BLOCKED;

/** Finds an argument by own properties only: neither a prototype nor an array's index or length is one. */
export function locator(segments: readonly string[]): (args: JsonObject) => Located {
  const [only, ...more] = segments;
  // Nearly every path has one segment, and this is the hottest function there is.
  if (only !== undefined && more.length === 0) return (args) => step(args, only);
  return (args) => {
    let current: Located = args;
    for (const segment of segments) {
      if (typeof current === 'symbol') return current;
      current = step(current, segment);
    }
    return current;
  };
}

function step(value: Json, segment: string): Located {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return BLOCKED;
  if (!Object.hasOwn(value, segment)) return MISSING;
  // Undefined is no JSON, but a caller that builds arguments in code may hand it in.
  return value[segment] ?? (value[segment] === null ? null : MISSING);
}
