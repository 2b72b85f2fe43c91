import type { CallMethod, EntryPosition } from '#libs/engine/ledger';
import type { Decision } from '#libs/engine/policy';
import type { RpcListener } from '#libs/engine/upstream';
import { knownSince, newId, type JsonObject } from '#libs/platform/kernel';
import type { McpSession } from '#libs/gateway/mcp-sessions';
import type { CallEnd } from './call-end.js';
import type { Caller, OnBehalfOf } from './caller/caller.js';
import type { HttpReply } from './http.js';
import type { CallError } from './errors.js';
import type { RequestContent } from './own-credentials.js';
import type { GatewayAgent, GatewaySnapshot, GatewayTool } from './snapshot/gateway-snapshot.js';

/** What a caller asks for, as its adapter read it; nothing about it has been evaluated. */
export interface RequestedCall {
  readonly server: string;
  readonly tool: string;
  readonly arguments: JsonObject;
  /** A signed token about a person, or the id of a delegation; null when the adapter has or was given none. */
  readonly onBehalfOf: string | null;
}

/** A session's id as it was presented, at the address of one tool server or (null) of all. */
export interface PresentedSession {
  readonly id: string;
  readonly server: string | null;
}

/** Who hears what a tool server says while it works on a call. */
export interface CallListener extends Pick<RpcListener, 'onNotification' | 'onRequest'> {
  readonly wantsProgress: boolean;
  /** The least urgent log messages that are wanted, where the caller named them. */
  readonly logLevel: string | undefined;
  /** The caller waits for what is said. */
  open(): void;
}

/** A protocol's way of asking and answering; MCP and REST are two adapters on the same steps. */
export interface Adapter {
  readonly protocol: 'mcp' | 'rest';
  /** What the request asks for; null until that can be read. */
  readonly method: CallMethod | null;
  /** The session that it says it belongs to, and at which address; null where it names none. */
  readonly presentedSession: PresentedSession | null;
  /** What the request says outside its headers; complete once it has been read. */
  readonly content: RequestContent;
  /** Reads what is asked for. Throws when it cannot be read in exactly one way. */
  read(): Promise<RequestedCall>;
  /** Throws when the request says of a tool, which it may see, what its arguments do not. */
  assertConsistent?(tool: GatewayTool): void;
  /** Aborted when the caller closes its connection, where that gives the call up; else null. */
  readonly givenUp: AbortSignal | null;
  /** What the caller named its request, by which it may cancel it; null where there is no such way. */
  readonly requestId: string | number | null;
  /** Who hears what an MCP server says until it answers; undefined where the answer has to be whole. */
  listen(ctx: ToolCallContext): CallListener | undefined;
  /** Answers a call that was decided, and ended if it was allowed. */
  answer(ctx: ToolCallContext): HttpReply;
  /** Answers a request that was not carried out. */
  reject(failure: CallError, ctx: ToolCallContext): HttpReply;
}

/** Where a request came from and what it presented; the token never leaves this object. */
export interface Credentials {
  readonly source: string;
  readonly token: string | null;
  /** How the token was presented: alone, or with a proof that its bearer holds its key (RFC 9449). */
  readonly scheme: 'bearer' | 'dpop';
  readonly dpopProof: string | null;
  /** The request's method and address, which such a proof names. */
  readonly method: string;
  readonly url: string;
}

/**
 * One tool call on its way through the steps. Each step fills in what is its own; reading something
 * before its step has run is an error of ours, and fails the call.
 */
export class ToolCallContext {
  readonly callId = newId();
  readonly startedAtMs = performance.now();
  /** The evaluated steps run on a snapshot that is at least this new. */
  minimumEpoch = 0n;
  /** Null until the token's agent is known. */
  knownCaller: Caller | null = null;
  /** A proof of possession counts once, and the evaluated steps may run twice. */
  isPossessionProven = false;
  /** Whether the caller may know that the tool exists. */
  isListed = false;
  isTokenEvaluated = false;
  /** The client's session; null where the request belongs to none. */
  session: McpSession | null = null;
  /** The ledger's writer has the outcome, and sees to it that it is recorded. */
  isOutcomeGiven = false;
  #now: Date | undefined;
  #request: RequestedCall | undefined;
  #snapshot: GatewaySnapshot | undefined;
  #tool: GatewayTool | undefined;
  #arguments: JsonObject | undefined;
  #decision: Decision | undefined;
  #intent: EntryPosition | undefined;
  #end: CallEnd | undefined;
  #reply: HttpReply | undefined;

  constructor(
    readonly adapter: Adapter,
    readonly credentials: Credentials,
  ) {}

  get request(): RequestedCall {
    return knownSince(this.#request, 'readRequest');
  }
  set request(request: RequestedCall) {
    this.#request = request;
  }

  get snapshot(): GatewaySnapshot {
    return knownSince(this.#snapshot, 'authenticate');
  }
  set snapshot(snapshot: GatewaySnapshot) {
    this.#snapshot = snapshot;
  }

  /** When it is evaluated; the intent's time. */
  get now(): Date {
    return knownSince(this.#now, 'authenticate');
  }
  set now(now: Date) {
    this.#now = now;
  }

  get caller(): Caller {
    return knownSince(this.knownCaller ?? undefined, 'authenticate');
  }

  get agent(): GatewayAgent {
    return this.caller.agent;
  }

  /** Null when the agent acts for itself. */
  get onBehalfOf(): OnBehalfOf | null {
    return this.caller.onBehalfOf;
  }

  get tool(): GatewayTool {
    return knownSince(this.#tool, 'resolveTool');
  }
  set tool(tool: GatewayTool) {
    this.#tool = tool;
  }

  /** The arguments that are evaluated, and the only ones that are sent (invariant G2). */
  get arguments(): JsonObject {
    return knownSince(this.#arguments, 'bindArguments');
  }
  set arguments(value: JsonObject) {
    this.#arguments = value;
  }

  get decision(): Decision {
    return knownSince(this.#decision, 'decide');
  }
  set decision(decision: Decision) {
    this.#decision = decision;
  }

  /** The position of the decision in the ledger; undefined until it is durable. */
  get intent(): EntryPosition | undefined {
    return this.#intent;
  }
  set intent(position: EntryPosition) {
    this.#intent = position;
  }

  /** The one question that opens the way upstream: allowed, and written down (invariant G1). */
  get canForward(): boolean {
    return this.#intent !== undefined && this.#decision?.effect === 'allow';
  }

  /** How the call ended; undefined when it was not forwarded. */
  get end(): CallEnd | undefined {
    return this.#end;
  }
  set end(end: CallEnd) {
    this.#end = end;
  }

  get reply(): HttpReply {
    return knownSince(this.#reply, 'reply');
  }
  set reply(reply: HttpReply) {
    this.#reply = reply;
  }

  /** What is known of the tool, for a rejection that came before everything was. */
  get knownTool(): GatewayTool | undefined {
    return this.#tool;
  }

  /** What was asked for, if it could be read. */
  get knownRequest(): RequestedCall | undefined {
    return this.#request;
  }
}
