import { admit } from './admit.js';
import { forward } from './forward.js';
import { inspectResult } from './inspect-result.js';
import { evaluatedSteps } from './evaluated-steps.js';
import { recordIntent } from './record-intent.js';
import { readRequest } from './read-request.js';
import { recordOutcome } from './record-outcome.js';
import type { ToolCallStep } from './step.js';

/** Answers in the form of the caller's adapter. */
const reply: ToolCallStep = (ctx) => {
  ctx.reply = ctx.adapter.answer(ctx);
};

/** A tool call, whatever adapter it came in by. */
export const toolCallSteps: readonly ToolCallStep[] = [
  admit,
  readRequest,
  ...evaluatedSteps, // authenticate, findSession, identifyPerson, resolveTool, bindArguments, decide
  recordIntent,
  forward,
  inspectResult,
  recordOutcome,
  reply,
];
