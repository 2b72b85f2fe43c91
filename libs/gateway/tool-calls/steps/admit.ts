import { TokenError } from '#libs/trust/token-verification';
import type { ToolCallStep } from './step.js';

/**
 * Looks at the token before anything of the body is read: a caller that has none of a trusted issuer costs no
 * more than a header (invariant G21). Who it is, and whether they may, is `authenticate`'s to say.
 */
export const admit: ToolCallStep = async (ctx, deps) => {
  const snapshot = await deps.snapshots.atLeast(ctx.minimumEpoch);
  try {
    if (ctx.credentials.token === null) throw new TokenError('missing');
    await deps.tokens.verify(ctx.credentials.token, snapshot);
  } catch (error) {
    ctx.isTokenEvaluated = true;
    throw error;
  }
};
