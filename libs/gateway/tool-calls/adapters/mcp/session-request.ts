import type { HttpReply, HttpRequest } from '../../http.js';
import { ToolCallContext } from '../../tool-call-context.js';
import { credentialsOf } from '../credentials.js';
import { problemReply } from '../rest/problem.js';
import { McpAdapter } from './mcp-adapter.js';

/** The context of a request that is about a session as a whole, and so has no message. */
export const contextOfSession = (http: HttpRequest): ToolCallContext =>
  new ToolCallContext(new McpAdapter(http), credentialsOf(http));

/** As of an address that has no such method: without a session there is no stream, and nothing to end. */
export const noSuchMethod = (): HttpReply =>
  problemReply(
    405,
    'method_not_allowed',
    'Without a session (the header Mcp-Session-Id, up to 2025-11-25) this address only takes POST.',
    {},
    { allow: 'POST' },
  );
