import { createServer, type RequestListener, type Server } from 'node:http';
import { withPlainTransfer } from '#libs/platform/http';

/** A node:http server with bounds on everything that a caller can make wait or grow. */
export const createBoundedServer = (listener: RequestListener): Server => {
  const server = createServer(
    {
      maxHeaderSize: 16_384,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 5_000,
      // A header sent twice is seen as one that matches nothing, rather than as its first value.
      joinDuplicateHeaders: true,
      insecureHTTPParser: false,
    },
    withPlainTransfer(listener),
  );
  server.maxHeadersCount = 100;
  return server;
};
