import { forward } from './forward.js';
import { inspectResult } from './inspect-result.js';
import { evaluatedSteps } from './evaluated-steps.js';
import { readRequest } from './read-request.js';
import { recordIntent } from './record-intent.js';
import { recordOutcome } from './record-outcome.js';
import { reply } from './reply.js';
import type { Step } from './step.js';

/** A tool call, whatever adapter it came in by. */
export const toolCallSteps: readonly Step[] = [
  readRequest,
  ...evaluatedSteps, // authenticate, identifyPerson, resolveTool, bindArguments, decide
  recordIntent,
  forward,
  inspectResult,
  recordOutcome,
  reply,
];
