import type { ExactObject } from '#libs/platform/kernel';
import type { ToolResult } from '../tool-call-context.js';
import type { ToolCallStep } from './step.js';

const OUR_META = /^io\.(gatehouse|modelcontextprotocol)\//;

/** A tool server's answer may say what it likes, but not in our name or the protocol's. */
export const inspectResult: ToolCallStep = (ctx) => {
  const { end } = ctx;
  if (end === undefined || !('result' in end)) return;
  ctx.end = { ...end, result: withoutOurMeta(end.result) };
};

const withoutOurMeta = (result: ToolResult): ToolResult => {
  const { meta, ...rest } = result;
  if (meta === undefined) return rest;
  const theirs: ExactObject = Object.fromEntries(
    Object.entries(meta).filter(([key]) => !OUR_META.test(key)),
  );
  return Object.keys(theirs).length === 0 ? rest : { ...rest, meta: theirs };
};
