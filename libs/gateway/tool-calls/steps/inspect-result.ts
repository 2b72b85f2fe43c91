import type { ToolResult } from '../call-end.js';
import type { ToolCallStep } from './step.js';
import { withoutOurKeys } from './without-our-keys.js';

/** A tool server's answer may say what it likes, but not in our name or the protocol's. */
export const inspectResult: ToolCallStep = (ctx) => {
  const { end } = ctx;
  if (end === undefined || !('result' in end)) return;
  ctx.end = { ...end, result: withoutOurMeta(end.result) };
};

const withoutOurMeta = (result: ToolResult): ToolResult => {
  const { meta, ...rest } = result;
  if (meta === undefined) return rest;
  const theirs = withoutOurKeys(meta);
  return Object.keys(theirs).length === 0 ? rest : { ...rest, meta: theirs };
};
