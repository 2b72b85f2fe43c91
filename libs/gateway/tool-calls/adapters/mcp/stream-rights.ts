import { createHash } from 'node:crypto';
import { canList } from '#libs/engine/policy';
import { outsideToolAccess } from '../../caller/tool-access.js';
import { listTools } from '../../list-tools.js';
import type { GatewayServer } from '../../snapshot/gateway-snapshot.js';
import type { ToolCallContext } from '../../tool-call-context.js';

/** What the caller's list of tools is now, to be compared with what it was. */
export const listDigest = (ctx: ToolCallContext, server: string | null): string => {
  const hash = createHash('sha256');
  let cursor: string | null = null;
  do {
    const page = listTools(ctx, { server, cursor });
    for (const { id, definitionDigest } of page.tools) hash.update(`${id} ${definitionDigest} `);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return hash.digest('base64');
};

/** The address's tool server, if the caller may use any tool of it: others hear nothing that it says. */
export const audibleServer = (
  { snapshot, caller, now }: ToolCallContext,
  slug: string | null,
): GatewayServer | null => {
  if (slug === null) return null;
  const person = caller.onBehalfOf?.person ?? null;
  for (const tool of snapshot.tools.values())
    if (
      tool.server.slug === slug &&
      outsideToolAccess(caller, tool.server) === null &&
      canList(snapshot.policy, caller.agent.id, tool.id, now, person) &&
      snapshot.killSwitchOf(tool, now) === undefined
    )
      return tool.server;
  return null;
};
