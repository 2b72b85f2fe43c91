import type { JsonObject } from '#libs/platform/kernel';

/** What discovery may bring at most from one tool server. */
export const MAX_TOOLS = 2000;

/** How many of the tools that a tool server offered and that were not pinned are kept with their reasons. */
export const MAX_LEFT_OUT = 5000;

/** How long the definitions of one tool server's tools may be together: every snapshot holds them all. */
export const MAX_DEFINITIONS_LENGTH = 16 * 1024 * 1024;

/** What a tool can be before anybody classified it. */
export const UNDECIDED_CLASSIFICATIONS = ['write', 'destructive'] as const;

/** One of {@link UNDECIDED_CLASSIFICATIONS}. */
export type UndecidedClassification = (typeof UNDECIDED_CLASSIFICATIONS)[number];

/**
 * What a tool is treated as until people classify it: a tool server can make itself look worse than a
 * write, never better. Silence counts as MCP's default: destructive, unless it claims to read only.
 */
export const classifyUndecided = (annotations: JsonObject): UndecidedClassification => {
  const { destructiveHint, readOnlyHint } = annotations;
  if (typeof destructiveHint === 'boolean') return destructiveHint ? 'destructive' : 'write';
  return readOnlyHint === true ? 'write' : 'destructive';
};
