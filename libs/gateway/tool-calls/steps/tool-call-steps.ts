import { forward } from './forward.js';
import { inspectResult } from './inspect-result.js';
import { evaluatedSteps } from './evaluated-steps.js';
import { recordIntent } from './record-intent.js';
import { recordOutcome } from './record-outcome.js';
import type { ToolCallStep } from './step.js';

/** Reads what the caller asks for, in exactly one way or not at all (invariant G2). */
const readRequest: ToolCallStep = async (ctx) => {
  ctx.request = await ctx.adapter.read();
};

/** Answers in the form of the caller's adapter. */
const reply: ToolCallStep = (ctx) => {
  ctx.reply = ctx.adapter.answer(ctx);
};

/** A tool call, whatever adapter it came in by. */
export const toolCallSteps: readonly ToolCallStep[] = [
  readRequest,
  ...evaluatedSteps, // authenticate, identifyPerson, resolveTool, bindArguments, decide
  recordIntent,
  forward,
  inspectResult,
  recordOutcome,
  reply,
];
