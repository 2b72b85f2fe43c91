import { isObject, type ExactObject } from '#libs/platform/kernel';
import { CALL_METHODS, type CallMethod } from '#libs/engine/ledger';
import type { RpcError } from '#libs/engine/upstream';
import { currentTraceId } from '#libs/platform/telemetry';
import type { TerminatedEnd } from '../../call-end.js';
import type {
  CallListener,
  Adapter,
  PresentedSession,
  ToolCallContext,
  RequestedCall,
} from '../../tool-call-context.js';
import type { CallError } from '../../errors.js';
import type { RequestContent } from '../../own-credentials.js';
import { terminatedReply } from '../call-terminated.js';
import type { GatewayTool } from '../../snapshot/gateway-snapshot.js';
import { decisionView } from '../decision-view.js';
import { jsonReply, type HttpReply, type HttpRequest } from '../../http.js';
import { namesEvents } from './accept.js';
import { deniedResult, endedResult, rejectedResult } from './call-results.js';
import { CallStream } from './call-stream.js';
import { McpError, RPC, rpcCodeOf, type RpcId } from './mcp-error.js';
import { DECISION_META } from './protocol.js';
import type { McpMessage } from './rpc-message.js';
import { assertParamHeaders } from './param-headers.js';
import { presentedSessionId } from './session-header.js';
import { parsePublicName } from './tool-names.js';

/** The MCP adapter: one JSON-RPC message in, one out. */
export class McpAdapter implements Adapter {
  readonly protocol = 'mcp';
  /** Unset until the message could be read. */
  message: McpMessage | undefined;
  /** Null until it could be read. */
  body: Uint8Array | null = null;

  constructor(private readonly http: HttpRequest) {}

  /** The one of `/mcp/{server}`; null at `/mcp`. */
  get server(): string | null {
    return this.http.param;
  }

  get presentedSession(): PresentedSession | null {
    const { server } = this;
    const id = presentedSessionId(this.http);
    // initialize opens another one.
    return id === null || this.message?.method === 'initialize' ? null : { id, server };
  }

  get method(): CallMethod | null {
    const method = this.message?.method;
    if (method === undefined) return null;
    return CALL_METHODS.find((known) => known === method) ?? 'other';
  }

  get content(): RequestContent {
    const { id = null, method = '', params = {} } = this.message ?? {};
    return { body: this.body, values: [id, method, params], query: [...this.http.query].flat() };
  }

  read(): Promise<RequestedCall> {
    const { name, arguments: given } = this.message?.params ?? {};
    // Some clients write null for none.
    const args = given ?? {};
    if (typeof name !== 'string' || name === '')
      return Promise.reject(this.#invalidParams('params.name must be the name of a tool.'));
    if (!isObject(args))
      return Promise.reject(this.#invalidParams('params.arguments must be an object.'));
    // On whose behalf, MCP leaves to the access token.
    const asked = { ...parsePublicName(this.server, name), arguments: args, onBehalfOf: null };
    return Promise.resolve(asked);
  }

  assertConsistent({ inputSchema }: GatewayTool): void {
    if (this.message !== undefined)
      assertParamHeaders(this.http.headers, this.message, inputSchema);
  }

  // Up to 2025-11-25 a lost connection is no cancellation: the client may come back for the answer.
  get givenUp(): AbortSignal | null {
    return this.message?.era === 'modern' ? this.http.closed : null;
  }

  get requestId(): string | number | null {
    return this.message?.era === 'legacy' ? (this.message.id ?? null) : null;
  }

  listen(ctx: ToolCallContext): CallListener | undefined {
    const { http, message } = this;
    if (message === undefined || !namesEvents(http)) return undefined;
    return new CallStream(http, message, ctx);
  }

  answer(ctx: ToolCallContext): HttpReply {
    if (!ctx.isListed) return this.#unknownTool();
    const { end } = ctx;
    if (end !== undefined && 'termination' in end) return this.#replyTerminated(ctx, end);
    if (end !== undefined && 'result' in end && end.result.error !== undefined)
      return this.#toolError(end.result.error);
    const meta = {
      ...(end !== undefined && 'result' in end ? end.result.meta : {}),
      // It would only distract a model whose call went through.
      ...(end === undefined || this.#wantsDecision
        ? { [DECISION_META]: { ...decisionView(ctx) } }
        : {}),
    };
    return this.result({
      ...(end === undefined ? deniedResult(ctx) : endedResult(end, this.message?.era)),
      ...(Object.keys(meta).length === 0 ? {} : { _meta: meta }),
    });
  }

  reject(failure: CallError, ctx: ToolCallContext): HttpReply {
    if (failure.code === 'unknown_tool') return this.#unknownTool();
    if (isForModel(failure, ctx)) return this.result(rejectedResult(failure, ctx));
    const { challenge } = failure.details;
    const traceId = currentTraceId();
    const data = failure instanceof McpError ? failure.data : undefined;
    const rpcCode = rpcCodeOf(failure);
    // Wrong parameters of a readable message are the method's own error, told in a good HTTP answer.
    const isInBand = rpcCode === RPC.invalidParams && this.message !== undefined;
    return this.#error(
      isInBand ? 200 : failure.status,
      rpcCode,
      failure.message,
      data ?? { code: failure.code, ...(traceId === undefined ? {} : { traceId }) },
      challenge === undefined ? {} : { 'www-authenticate': challenge },
      failure instanceof McpError ? failure.id : null,
    );
  }

  /** A result in the form of the message's era. */
  result(result: ExactObject): HttpReply {
    const { id, era } = this.message ?? {};
    const body = era === 'modern' ? { resultType: 'complete', ...result } : result;
    return jsonReply(200, { jsonrpc: '2.0', id: id ?? null, result: body });
  }

  /** A method that we do not have; the modern era wants a 404 as well. */
  methodNotFound(): HttpReply {
    const status = this.message?.era === 'modern' ? 404 : 200;
    return this.#error(status, RPC.methodNotFound, 'This method is not available here.');
  }

  get #wantsDecision(): boolean {
    const meta = this.message?.params['_meta'];
    return isObject(meta) && meta[DECISION_META] === true;
  }

  // The tool server's own words, with its code and data (G20); only the modern era has a status for one of them.
  #toolError({ code, message, data }: RpcError): HttpReply {
    const isOfHttp = this.message?.era === 'modern' && code === RPC.missingCapability;
    return this.#error(isOfHttp ? 400 : 200, code, message, data);
  }

  // No result: an error that no client takes for the tool's answer.
  #replyTerminated({ callId }: ToolCallContext, end: TerminatedEnd): HttpReply {
    const { status, code, message, reason } = terminatedReply(end);
    return this.#error(status, RPC.notAuthorised, message, { code, reason, callId });
  }

  // The same answer whether there is no such tool or this agent may not know of it.
  #unknownTool(): HttpReply {
    const name = this.message?.params['name'];
    return this.#error(
      200,
      RPC.invalidParams,
      `Unknown tool: ${typeof name === 'string' ? name.slice(0, 128) : 'no name'}. ` +
        'It does not exist, or this agent may not use it; list the tools to see which it may.',
    );
  }

  #error(
    status: number,
    code: number,
    message: string,
    data?: unknown,
    headers: Readonly<Record<string, string>> = {},
    id: RpcId = null,
  ): HttpReply {
    const error = { code, message, ...(data === undefined ? {} : { data }) };
    return jsonReply(status, { jsonrpc: '2.0', id: this.message?.id ?? id, error }, headers);
  }

  #invalidParams(message: string): McpError {
    return new McpError(RPC.invalidParams, message, this.message?.id ?? null);
  }
}

// MCP 2025-11-25, tools §error handling: what a model can mend by itself is a result, not an error.
const isForModel = ({ code }: CallError, { adapter }: ToolCallContext): boolean =>
  code === 'invalid_arguments' ||
  code === 'tool_unavailable' ||
  (code === 'credential_in_call' && adapter.method === 'tools/call');
