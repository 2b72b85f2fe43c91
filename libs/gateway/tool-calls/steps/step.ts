import type { CallDeps } from '../deps.js';
import type { ToolCallContext } from '../tool-call-context.js';

/** One step of a tool call: it has one reason to fail, and throws it. */
export type ToolCallStep = (ctx: ToolCallContext, deps: CallDeps) => Promise<void> | void;
