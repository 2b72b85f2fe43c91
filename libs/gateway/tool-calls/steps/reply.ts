import type { Step } from './step.js';

/** Answers in the form of the caller's adapter. */
export const reply: Step = (ctx) => {
  ctx.reply = ctx.adapter.answer(ctx);
};
