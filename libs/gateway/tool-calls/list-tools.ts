import { canList } from '#libs/engine/policy';
import { outsideToolAccess } from './caller/tool-access.js';
import type { ToolCallContext } from './tool-call-context.js';
import { CallError } from './errors.js';
import type { GatewayTool } from './snapshot/gateway-snapshot.js';

const PAGE_SIZE = 200;
const MAX_CURSOR_LENGTH = 512;

/** What an agent may call, nothing more, and where the next page begins. */
export interface ToolPage {
  readonly tools: readonly GatewayTool[];
  readonly nextCursor: string | null;
}

/** Of which server, or null for all; and from where on. */
export interface ListedPart {
  readonly server: string | null;
  readonly cursor: string | null;
}

/**
 * Lists the caller's tools, of one server or of all. A cursor is only a place in the registry's order:
 * a caller that holds one sees no more by it than its rights allow.
 */
export const listTools = (ctx: ToolCallContext, options: ListedPart): ToolPage => {
  const { snapshot, caller, now } = ctx;
  const person = caller.onBehalfOf?.person ?? null;
  const after = options.cursor === null ? -1 : placeOf(options.cursor);
  const tools: GatewayTool[] = [];
  let place = -1;
  for (const tool of snapshot.tools.values()) {
    place += 1;
    if (place <= after) continue;
    if (tool.block !== null && tool.block.why !== 'changed') continue;
    if (options.server !== null && tool.server.slug !== options.server) continue;
    if (outsideToolAccess(caller, tool.server) !== null) continue;
    if (!canList(snapshot.policy, caller.agent.id, tool.id, now, person)) continue;
    if (tools.length === PAGE_SIZE) return { tools, nextCursor: cursorOf(place - 1) };
    tools.push(tool);
  }
  return { tools, nextCursor: null };
};

const cursorOf = (place: number): string => Buffer.from(`after:${place}`).toString('base64url');

const placeOf = (cursor: string): number => {
  const text = cursor.length > MAX_CURSOR_LENGTH ? '' : Buffer.from(cursor, 'base64url').toString();
  const place = /^after:(\d{1,9})$/.exec(text)?.[1];
  if (place === undefined)
    throw new CallError('invalid_request', 'The cursor is not one that this address gave out.', {
      reason: 'invalid_cursor',
    });
  return Number(place);
};
