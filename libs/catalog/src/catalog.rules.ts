import type { JsonObject } from '#libs/kernel';
import type { Classification } from '#libs/policy';

/** What discovery may bring at most from one tool server. */
export const MAX_TOOLS = 1000;

/** What a tool server's own annotations make of a tool; silence counts as a write. */
export const classify = (annotations: JsonObject): Classification => {
  if (annotations['readOnlyHint'] === true) return 'read';
  return annotations['destructiveHint'] === true ? 'destructive' : 'write';
};
