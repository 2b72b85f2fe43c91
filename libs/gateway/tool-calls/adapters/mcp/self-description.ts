import type { JsonObject } from '#libs/platform/kernel';
import type { CallDeps } from '../../deps.js';
import type { ToolCallContext } from '../../tool-call-context.js';
import { audibleServer } from './stream-rights.js';

/** What a client is told about the server that it connects to. */
export interface SelfDescription {
  readonly serverInfo: JsonObject;
  readonly instructions: string;
}

const INSTRUCTIONS =
  'A call that company policy denies comes back with isError, the reason and what would help.';

/**
 * What an address says of itself: ours, or at `/mcp/{server}` what its tool server says, for callers that may
 * use a tool of it. Its instructions are marked as its own words.
 */
export const selfDescription = async (
  ctx: ToolCallContext,
  slug: string | null,
  version: string,
  { upstreams }: CallDeps,
): Promise<SelfDescription> => {
  const server = audibleServer(ctx, slug);
  const described = server && (await upstreams.describe(server));
  const {
    name = null,
    title = null,
    version: theirs = null,
    instructions = null,
  } = described ?? {};
  return {
    serverInfo:
      name === null
        ? { name: 'gatehouse', title: 'Gatehouse', version }
        : { name, ...(title === null ? {} : { title }), version: theirs ?? '' },
    instructions:
      instructions === null
        ? INSTRUCTIONS
        : `${INSTRUCTIONS}\n\nThe tool server ${slug} says of itself:\n\n${instructions}`,
  };
};
