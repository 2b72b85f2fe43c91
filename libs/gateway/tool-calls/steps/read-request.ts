import type { Step } from './step.js';

/** Reads what the caller asks for, in exactly one way or not at all (invariant G2). */
export const readRequest: Step = async (ctx) => {
  ctx.request = await ctx.adapter.read();
};
