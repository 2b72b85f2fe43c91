import { asFailure } from '../../as-failure.js';
import type { CallDeps } from '../../deps.js';
import { Exchange } from '../../exchange.js';
import { CallFailure } from '../../failure.js';
import { refuse } from '../../refuse.js';
import { runAsAgent } from '../../run-as-agent.js';
import { runToolCall } from '../../run-tool-call.js';
import { credentialsOf } from '../credentials.js';
import type { HttpReply, HttpRequest } from '../http.js';
import { eraOf } from './era.js';
import { McpDoor, type McpMessage } from './mcp-door.js';
import { methodOf } from './mcp-methods.js';
import { readRpcMessage } from './rpc-message.js';

/** What the MCP door needs beside the steps. */
export interface McpDeps extends CallDeps {
  readonly version: string;
}

const ACCEPTED: HttpReply = { status: 202, headers: { 'cache-control': 'no-store' }, body: null };

/** `POST /mcp` and `POST /mcp/{server}`: one message, in either protocol revision. */
export const handleMcp = async (http: HttpRequest, deps: McpDeps): Promise<HttpReply> => {
  const door = new McpDoor(http.param);
  const exchange = new Exchange(door, credentialsOf(http));
  try {
    door.message = await readMessage(http);
  } catch (error) {
    return refuse(
      exchange,
      asFailure(error, deps.resourceMetadataUrl(exchange.credentials.url)),
      deps,
    );
  }
  const { message } = door;
  const isRequest = message.id !== undefined;
  if (isRequest && message.method === 'tools/call') return runToolCall(exchange, deps);
  const freshness = message.method === 'tools/list' ? 'now' : 'newest';
  return runAsAgent(exchange, deps, freshness, () => {
    if (!isRequest) return ACCEPTED;
    const method = methodOf(message);
    if (method === undefined) return door.methodNotFound();
    return door.result(method({ door, message, exchange, version: deps.version }));
  });
};

const readMessage = async (http: HttpRequest): Promise<McpMessage> => {
  if (!acceptsJson(http.headers.accept))
    throw new CallFailure(
      'not_acceptable',
      'Answers are JSON: send Accept: application/json, text/event-stream.',
    );
  const message = readRpcMessage(await http.readBody());
  return { ...message, era: eraOf(http.headers, message) };
};

const JSON_RANGES: ReadonlySet<string> = new Set(['application/json', 'application/*', '*/*']);

const acceptsJson = (accept: string | undefined): boolean =>
  accept === undefined ||
  accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return JSON_RANGES.has(type) && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
