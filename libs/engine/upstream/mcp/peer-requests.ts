import type { ExactJson, ExactObject } from '#libs/platform/kernel';

import type {
  RpcId,
  RpcListener,
  RpcNotification,
  RpcOutcome,
  RpcPeerRequest,
} from './json-rpc.js';

const METHOD_NOT_FOUND = -32601;
const INTERNAL_ERROR = -32603;

/** What a tool server asks while it works on one request of ours: answered, each once, until that is over. */
export class PeerRequests {
  #open: Map<RpcId, AbortController> | undefined;

  constructor(
    private readonly onRequest: RpcListener['onRequest'],
    private readonly send: (message: ExactObject) => Promise<void>,
  ) {}

  /** Answers by itself; who is asked may stop when its signal is aborted. */
  take(asked: RpcPeerRequest): void {
    void this.#answer(asked);
  }

  /** Takes back a request of the server's, if that is what the notification says. */
  notice({ method, params }: RpcNotification): void {
    if (method === 'notifications/cancelled') this.#abort(params['requestId']);
  }

  /** Nobody waits for an answer any more. */
  end(): void {
    for (const abort of this.#open?.values() ?? []) abort.abort();
    this.#open = undefined;
  }

  async #answer(asked: RpcPeerRequest): Promise<void> {
    const abort = new AbortController();
    this.#open ??= new Map();
    this.#open.set(asked.id, abort);
    const outcome = await outcomeOf(asked, this.onRequest, abort.signal);
    if (abort.signal.aborted) return;
    this.#open?.delete(asked.id);
    await this.send({ jsonrpc: '2.0', id: asked.id, ...outcome });
  }

  #abort(id: ExactJson | undefined): void {
    if (typeof id === 'string' || typeof id === 'number') this.#open?.get(id)?.abort();
  }
}

const outcomeOf = async (
  asked: RpcPeerRequest,
  onRequest: RpcListener['onRequest'],
  signal: AbortSignal,
): Promise<RpcOutcome> => {
  if (asked.method === 'ping') return { result: {} };
  // We declare no such capability; a tool that asks all the same is told no, so that it does not wait.
  if (onRequest === undefined)
    return failed(METHOD_NOT_FOUND, `Gatehouse does not answer ${asked.method.slice(0, 100)}.`);
  try {
    return await onRequest(asked, signal);
  } catch {
    return failed(INTERNAL_ERROR, 'The request could not be passed on.');
  }
};

const failed = (code: number, message: string): RpcOutcome => ({ error: { code, message } });
