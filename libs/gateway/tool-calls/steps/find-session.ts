import { CallError } from '../errors.js';
import type { ToolCallContext } from '../tool-call-context.js';
import type { SessionOwner } from '#libs/gateway/mcp-sessions';
import type { ToolCallStep } from './step.js';

/**
 * The client's session, where the request names one. It adds nothing to what the token says; one that is
 * another's (of the same agent for somebody else, too), at another address, or over looks like none at all (G16).
 */
export const findSession: ToolCallStep = async (ctx, { sessions }) => {
  const { presentedSession: presented } = ctx.adapter;
  if (presented === null) return;
  ctx.session = await sessions.find(presented.id, sessionOwner(ctx, presented.server));
  if (ctx.session === null)
    throw new CallError(
      'unknown_session',
      'There is no such session here, or it has ended. Send initialize to open a new one.',
    );
};

/** Whose a session is that the caller opens or presents. */
export const sessionOwner = (
  { caller: { agent, binding, onBehalfOf } }: ToolCallContext,
  server: string | null,
): SessionOwner => ({
  agentId: agent.id,
  personId: onBehalfOf?.person.id ?? null,
  bindingId: binding.id,
  server,
});
