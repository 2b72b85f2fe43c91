import { connect } from 'node:net';

/**
 * Sends a request's headers, which announce `length` bytes of body, and only its first byte; answers the
 * status that came all the same, or null when none did.
 */
export const statusOfUnfinished = (
  target: string,
  { headers = {}, length = 1_048_576, waitMs = 10_000 }: UnfinishedRequest = {},
): Promise<number | null> => {
  const { hostname, port, host, pathname } = new URL(target);
  const lines = Object.entries({ host, 'content-length': String(length), ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    const end = (status: number | null): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(status);
    };
    const timer = setTimeout(() => end(null), waitMs);
    socket.on('connect', () => socket.write(`POST ${pathname} HTTP/1.1\r\n${head}\r\n{`));
    socket.on('data', (data) => end(Number(/^HTTP\/1\.1 (\d{3})/.exec(String(data))?.[1] ?? 0)));
    socket.on('error', () => end(null));
    socket.on('close', () => end(null));
  });
};

/** What is sent of a request whose body never ends. */
interface UnfinishedRequest {
  headers?: Readonly<Record<string, string>>;
  length?: number;
  waitMs?: number;
}
