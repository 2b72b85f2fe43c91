import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpReply } from '#libs/gateway/tool-calls';

/** Sends an answer whole. A caller that is gone by now changes nothing. */
export const sendReply = (
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: HttpReply,
): void => {
  if (response.destroyed || response.headersSent) return;
  const bytes = body === null ? null : Buffer.from(body);
  response.writeHead(status, {
    ...headers,
    'x-content-type-options': 'nosniff',
    ...(status === 202 && bytes === null ? {} : { 'content-length': bytes?.byteLength ?? 0 }),
    // What is left of a body that we did not read cannot be told from the next request.
    ...(request.complete ? {} : { connection: 'close' }),
  });
  response.end(bytes);
  if (!request.complete) request.resume();
};
