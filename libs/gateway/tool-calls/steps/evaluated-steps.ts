import { authenticate } from './authenticate.js';
import { bindArguments } from './bind-arguments.js';
import { decide } from './decide.js';
import { findSession } from './find-session.js';
import { identifyPerson } from './identify-person.js';
import { resolveTool } from './resolve-tool.js';
import type { ToolCallStep } from './step.js';

/** The steps whose answer depends on the snapshot, and which a moved epoch makes run again. */
export const evaluatedSteps: readonly ToolCallStep[] = [
  authenticate,
  findSession,
  identifyPerson,
  resolveTool,
  bindArguments,
  decide,
];
