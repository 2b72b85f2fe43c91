import { CallError } from '../errors.js';
import type { ToolCallStep } from './step.js';

/** Binds the arguments to the tool's pinned schema, strictly; what comes out is evaluated and sent. */
export const bindArguments: ToolCallStep = async (ctx) => {
  const { tool, request } = ctx;
  if (!ctx.isListed) {
    // Certain to be denied, and what is wrong with its arguments would tell that the tool exists.
    ctx.arguments = {};
    return;
  }
  ctx.adapter.assertConsistent?.(tool);
  const bound = await tool.bind(request.arguments);
  if (bound === null)
    throw new CallError(
      'tool_unavailable',
      'The input schema of this tool cannot be checked safely, so it cannot be called. Tell its owner.',
    );
  if (!bound.ok)
    throw new CallError(
      'invalid_arguments',
      'The arguments do not match the tool’s input schema. Correct what is listed and call again.',
      { problems: bound.problems },
    );
  ctx.arguments = bound.value;
};
