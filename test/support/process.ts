import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** One process of a real installation: the API, a gateway or the worker, from dist. */
export interface AppProcess {
  url: string;
  internalUrl: string;
  /** What it printed so far, both streams. */
  output(): string;
  /** Resolves with the exit code when it ends by itself. */
  ended: Promise<number | null>;
  /** Waits until its readiness probe answers well. */
  ready(): Promise<void>;
  /** Ends it as an orchestrator would. */
  stop(): Promise<number | null>;
}

const READY_ATTEMPTS = 300;
const PAUSE_MS = 100;

/** A port of the loopback that nobody listens on. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

const answersWell = (url: string): Promise<boolean> =>
  fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );

/** Starts one, on free ports unless `env` names one; `env` is all that it gets beside them. */
export const startProcess = async (
  app: 'api' | 'gateway' | 'worker',
  env: Record<string, string>,
): Promise<AppProcess> => {
  const port = Number(env['PORT'] ?? (await freePort()));
  const internalPort = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const internalUrl = `http://127.0.0.1:${internalPort}`;
  const child = spawn(process.execPath, [`dist/apps/${app}/src/main.js`], {
    env: {
      PATH: process.env['PATH'],
      ALLOWED_HOSTS: `127.0.0.1:${port},127.0.0.1:${internalPort}`,
      PORT: String(port),
      INTERNAL_PORT: String(internalPort),
      ...env,
    },
  });
  // Whatever becomes of the test, nothing stays behind.
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = once(child, 'exit').then(([code]) => {
    process.off('exit', kill);
    return code as number | null;
  });
  const probe = app === 'api' ? `${url}/health/ready` : `${internalUrl}/health/ready`;
  return {
    url,
    internalUrl,
    output: () => output,
    ended,
    ready: async () => {
      for (let attempt = 0; attempt < READY_ATTEMPTS && child.exitCode === null; attempt += 1) {
        if (await answersWell(probe)) return;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
      throw new Error(`the ${app} is not ready: ${output}`);
    },
    stop: () => {
      if (child.exitCode === null) child.kill('SIGTERM');
      return ended;
    },
  };
};
