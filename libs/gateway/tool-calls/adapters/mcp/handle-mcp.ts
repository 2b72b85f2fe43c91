import { asCallError } from '../../as-call-error.js';
import type { CallDeps } from '../../deps.js';
import { ToolCallContext } from '../../tool-call-context.js';
import { CallError } from '../../errors.js';
import { reject } from '../../reject.js';
import { runAsAgent } from '../../run-as-agent.js';
import { runToolCall } from '../../run-tool-call.js';
import { admit } from '../../steps/admit.js';
import { credentialsOf } from '../credentials.js';
import type { HttpReply, HttpRequest } from '../../http.js';
import { eraOf } from './era.js';
import { McpAdapter, type McpMessage } from './mcp-adapter.js';
import { methodOf } from './mcp-methods.js';
import { openSession } from './open-session.js';
import { readRpcMessage } from './rpc-message.js';
import { presentedSessionId } from './session-header.js';

/** What the MCP adapter needs beside the steps. */
export interface McpDeps extends CallDeps {
  readonly version: string;
}

const ACCEPTED: HttpReply = { status: 202, headers: { 'cache-control': 'no-store' }, body: null };

/** `POST /mcp` and `POST /mcp/{server}`: one message, in either protocol revision. */
export const handleMcp = async (http: HttpRequest, deps: McpDeps): Promise<HttpReply> => {
  const adapter = new McpAdapter(
    http.param,
    [...http.query].flat(),
    presentedSessionId(http),
    http.headers,
  );
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
  return runAsAgent(ctx, deps, freshness, () => {
    if (!isRequest) return ACCEPTED;
    const method = methodOf(message);
    if (method === undefined) return adapter.methodNotFound();
    const reply = adapter.result(method({ adapter, message, ctx, version: deps.version }));
    const isOpening = message.era === 'legacy' && message.method === 'initialize';
    return isOpening ? openSession(reply, message, { ctx, adapter }, deps) : reply;
  });
};

const readBody = (http: HttpRequest): Promise<Uint8Array> => {
  if (!acceptsJson(http.headers.accept))
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

const JSON_RANGES: ReadonlySet<string> = new Set(['application/json', 'application/*', '*/*']);

const acceptsJson = (accept: string | undefined): boolean =>
  accept === undefined ||
  accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return JSON_RANGES.has(type) && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
