import { assertNoOwnCredentials, isCredentialIn } from '../own-credentials.js';
import type { RequestedCall, ToolCallContext } from '../tool-call-context.js';
import type { ToolCallStep } from './step.js';

/**
 * Reads what the caller asks for, in exactly one way or not at all (invariant G2), and rejects it where it
 * holds what the caller authenticates with (I2).
 */
export const readRequest: ToolCallStep = async (ctx) => {
  const request = await ctx.adapter.read();
  const credentials = [...ownCredentials(ctx), ...tokensIn(request)];
  try {
    assertNoOwnCredentials(ctx.adapter.content, credentials);
    ctx.request = request;
  } catch (error) {
    // What is recorded of it.
    ctx.request = { ...request, ...withoutNames(request, credentials), arguments: {} };
    throw error;
  }
};

/** What a request authenticates with. */
export const ownCredentials = ({ credentials }: ToolCallContext): readonly string[] =>
  [credentials.token, credentials.dpopProof].filter((one) => one !== null);

// A token about a person, not the id of a delegation.
const tokensIn = ({ onBehalfOf }: RequestedCall): readonly string[] =>
  onBehalfOf?.includes('.') ? [onBehalfOf] : [];

const withoutNames = ({ server, tool }: RequestedCall, credentials: readonly string[]) =>
  isCredentialIn([server, tool], credentials) ? { server: '', tool: '' } : {};
