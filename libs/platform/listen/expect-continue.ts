import type { IncomingMessage, ServerResponse } from 'node:http';

const waiting = new WeakMap<IncomingMessage, ServerResponse>();

/** Remembers that this caller waits to be told before it sends its body (`Expect: 100-continue`). */
export const deferContinue = (request: IncomingMessage, response: ServerResponse): void =>
  void waiting.set(request, response);

/** Tells a caller that waits for it to send its body: call it when the body is wanted. */
export const sendContinue = (request: IncomingMessage): void => {
  const response = waiting.get(request);
  waiting.delete(request);
  if (response !== undefined && !response.headersSent) response.writeContinue();
};
