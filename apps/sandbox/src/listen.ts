import type { Server } from 'node:http';
import { DomainError } from '#libs/platform/kernel';

/** A server that listens on the loopback address. */
export interface Listening {
  port: number;
  /** Stops listening and cuts what is still open. */
  close: () => Promise<void>;
}

/** Listens on 127.0.0.1; port 0 takes a free one. */
export function listenOnLoopback(server: Server, port: number, what: string): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? portTaken(port, what, error) : error),
    );
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address !== 'object' || address === null) return reject(new Error('no address'));
      resolve({ port: address.port, close: () => closed(server) });
    });
  });
}

/** The rejection of a port that somebody else has. */
export const portTaken = (port: number, what: string, cause?: unknown): DomainError =>
  new DomainError(
    'conflict',
    `Port ${port} is taken, and the sandbox needs it for ${what}. End what uses it, or set PORT to another number.`,
    { cause },
  );

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
