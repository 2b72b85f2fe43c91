import { createServer, request as send, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy for clients that can send no token. */
export interface BearerProxy {
  url: string;
  close(): void;
}

/**
 * Starts a proxy before a gateway that adds an agent's token. Its own host and origin become those of the
 * gateway's public address; any other stays, so that the gateway is the one that rejects it.
 */
export const startBearerProxy = async (publicUrl: string, token: string): Promise<BearerProxy> => {
  const target = new URL(publicUrl);
  const proxy = createServer((incoming, outgoing) => {
    const own = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const headers: IncomingHttpHeaders = { ...incoming.headers, authorization: `Bearer ${token}` };
    if (headers.host === own) headers.host = target.host;
    if (headers.origin === `http://${own}`) headers.origin = target.origin;
    const { method, url } = incoming;
    const onward = send(new URL(url ?? '/', target), { method, headers, agent: false });
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      // A client that waits for a stream sees at once that it has begun.
      outgoing.flushHeaders();
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  const close = (): void => {
    proxy.closeAllConnections();
    proxy.close();
  };
  return { url: `http://127.0.0.1:${port}`, close };
};
