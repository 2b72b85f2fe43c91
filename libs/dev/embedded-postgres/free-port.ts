import { createServer } from 'node:net';

/** A free port of the loopback address: the preferred one when it can be had, otherwise any. */
export async function freePort(preferred: number | undefined): Promise<number> {
  if (preferred !== undefined && (await listenOnce(preferred)) !== undefined) return preferred;
  const any = await listenOnce(0);
  if (any === undefined) throw new Error('no port of 127.0.0.1 is free');
  return any;
}

function listenOnce(port: number): Promise<number | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      const got = typeof address === 'object' && address ? address.port : undefined;
      server.close(() => resolve(got));
    });
  });
}
