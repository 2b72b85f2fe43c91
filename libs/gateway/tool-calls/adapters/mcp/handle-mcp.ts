import { asCallError } from '../../as-call-error.js';
import type { Cancellations } from '../../cancellations.js';
import type { CallDeps } from '../../deps.js';
import { ToolCallContext } from '../../tool-call-context.js';
import { CallError } from '../../errors.js';
import { reject } from '../../reject.js';
import { runAsAgent } from '../../run-as-agent.js';
import { runToolCall } from '../../run-tool-call.js';
import { admit } from '../../steps/admit.js';
import { credentialsOf } from '../credentials.js';
import type { HttpReply, HttpRequest } from '../../http.js';
import { acceptsJson } from './accept.js';
import { eraOf } from './era.js';
import { McpAdapter } from './mcp-adapter.js';
import { isDescribing, methodOf } from './mcp-methods.js';
import { openSession } from './open-session.js';
import { readRpcMessage, type McpMessage } from './rpc-message.js';
import { selfDescription } from './self-description.js';

/** What the MCP adapter needs beside the steps. */
export interface McpDeps extends CallDeps {
  readonly version: string;
  readonly cancellations: Pick<Cancellations, 'cancel'>;
}

const ACCEPTED: HttpReply = { status: 202, headers: { 'cache-control': 'no-store' }, body: null };

/** `POST /mcp` and `POST /mcp/{server}`: one message, in either protocol revision. */
export const handleMcp = async (http: HttpRequest, deps: McpDeps): Promise<HttpReply> => {
  const adapter = new McpAdapter(http);
  const ctx = new ToolCallContext(adapter, credentialsOf(http));
  try {
    await admit(ctx, deps);
    adapter.body = await readBody(http);
    adapter.message = readMessage(http, adapter.body);
  } catch (error) {
    return reject(ctx, asCallError(error, deps.resourceMetadataUrl(ctx.credentials.url)), deps);
  }
  const { message } = adapter;
  const isRequest = message.id !== undefined;
  if (isRequest && message.method === 'tools/call') return runToolCall(ctx, deps);
  const freshness = message.method === 'tools/list' ? 'now' : 'newest';
  return runAsAgent(ctx, deps, freshness, async () => {
    if (!isRequest) {
      await cancelIfAsked(message, ctx, deps);
      return ACCEPTED;
    }
    const method = methodOf(message);
    if (method === undefined) return adapter.methodNotFound();
    const described = isDescribing(message.method)
      ? await selfDescription(ctx, adapter.server, deps.version, deps)
      : null;
    const reply = adapter.result(await method({ adapter, message, ctx, described }));
    const isOpening = message.era === 'legacy' && message.method === 'initialize';
    return isOpening ? openSession(reply, message, { ctx, adapter }, deps) : reply;
  });
};

// Since 2026-07-28 a client cancels by closing its connection, and by nothing else.
const cancelIfAsked = async (
  { era, method, params: { requestId } }: McpMessage,
  { agent, onBehalfOf, session }: ToolCallContext,
  { cancellations }: McpDeps,
): Promise<void> => {
  if (era !== 'legacy' || method !== 'notifications/cancelled') return;
  if (typeof requestId !== 'string' && typeof requestId !== 'number') return;
  await cancellations.cancel({
    agentId: agent.id,
    personId: onBehalfOf?.person.id ?? null,
    session: session?.digest ?? null,
    requestId,
  });
};

const readBody = (http: HttpRequest): Promise<Uint8Array> => {
  if (!acceptsJson(http))
    throw new CallError(
      'not_acceptable',
      'Answers are JSON: send Accept: application/json, text/event-stream.',
    );
  return http.readBody();
};

const readMessage = ({ headers }: HttpRequest, body: Uint8Array): McpMessage => {
  const message = readRpcMessage(body);
  return { ...message, era: eraOf(headers, message) };
};
