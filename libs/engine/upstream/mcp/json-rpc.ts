import {
  ExactNumber,
  isExactObject,
  keepsNumber,
  type ExactJson,
  type ExactObject,
  type JsonObject,
} from '#libs/platform/kernel';

export type RpcId = number | string;

/** A JSON-RPC 2.0 request as we send it. */
export interface RpcRequest {
  jsonrpc: '2.0';
  id: RpcId;
  method: string;
  params: JsonObject;
}

/** A JSON-RPC error object, its message bounded. */
export type RpcError = {
  code: number;
  message: string;
  data?: ExactJson;
};

/** How a request was answered. */
export type RpcOutcome = { result: ExactObject } | { error: RpcError };

/** A request that the tool server sent to us on the stream of an answer. */
export interface RpcPeerRequest {
  id: RpcId;
  method: string;
  params: ExactObject;
}

/** A notification on the stream of an answer. */
export interface RpcNotification {
  method: string;
  params: ExactObject;
}

/** What is done with what a tool server says and asks while it works on a request. */
export interface RpcListener {
  /** Takes a notification; what it returns is waited for before more is read. */
  onNotification?: ((notification: RpcNotification) => Promise<void> | undefined) | undefined;
  /** Answers a request of the tool server's; where absent, it is told that there is no such method. */
  onRequest?: ((request: RpcPeerRequest, signal: AbortSignal) => Promise<RpcOutcome>) | undefined;
}

const MAX_MESSAGE_LENGTH = 2000;

/** The outcome that `message` carries for `id`, if it does. */
export const outcomeFor = (message: ExactJson, id: RpcId | null): RpcOutcome | undefined =>
  isExactObject(message) && plain(message['id']) === id ? outcomeOf(message) : undefined;

/** The outcome that `message` carries, whichever request it answers. */
export const outcomeOf = (message: ExactJson): RpcOutcome | undefined => {
  if (!isExactObject(message) || message['jsonrpc'] !== '2.0' || 'method' in message)
    return undefined;
  if (isExactObject(message['result'])) return { result: message['result'] };
  const error = message['error'];
  if (!isExactObject(error)) return undefined;
  const code = plain(error['code']);
  if (typeof code !== 'number') return undefined;
  const text = typeof error['message'] === 'string' ? error['message'] : '';
  return {
    error: {
      code,
      message: text.slice(0, MAX_MESSAGE_LENGTH),
      ...(error['data'] === undefined ? {} : { data: error['data'] }),
    },
  };
};

/** The request that `message` is, if the tool server asks us something. */
export const peerRequestOf = (message: ExactJson): RpcPeerRequest | undefined => {
  if (!isExactObject(message) || typeof message['method'] !== 'string') return undefined;
  const id = plain(message['id']);
  return typeof id === 'number' || typeof id === 'string'
    ? { id, method: message['method'], params: paramsOf(message) }
    : undefined;
};

/** The notification that `message` is, if it is one. */
export const notificationOf = (message: ExactJson): RpcNotification | undefined => {
  if (!isExactObject(message) || typeof message['method'] !== 'string') return undefined;
  if (message['jsonrpc'] !== '2.0' || 'id' in message) return undefined;
  return { method: message['method'], params: paramsOf(message) };
};

const paramsOf = ({ params }: ExactObject): ExactObject => (isExactObject(params) ? params : {});

/** The protocol's own numbers count by what they are: 7.0 answers the request 7. */
export const plain = (value: ExactJson | undefined): ExactJson | undefined =>
  value instanceof ExactNumber && keepsNumber(value.text) ? Number(value.text) : value;
