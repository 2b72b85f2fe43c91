import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A whole Gatehouse, started as `npm start` starts it, in a throw-away home and on free ports. */
export interface Installation {
  publicUrl: string;
  port: number;
  home: string;
  password: string;
  /** What the process printed so far, both streams. */
  output(): string;
  /** Runs `gatehouse …` on this installation. */
  gatehouse(...args: string[]): Promise<{ code: number; output: string; lastLine: string }>;
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
  /** Ends the process as Ctrl-C would, and keeps its home. */
  end(): Promise<void>;
  /** Starts it again after {@link kill} or {@link end}, in the same home. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const canListen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

const freePortRange = async (): Promise<number> => {
  // Below the ports that the system gives to connections, which come and go.
  const first = 20_000 + Math.floor(Math.random() * 10_000);
  for (let port = first; port < 32_700; port += 5) {
    const free = await Promise.all([0, 1, 2, 3].map((offset) => canListen(port + offset)));
    if (free.every(Boolean)) return port;
  }
  throw new Error('no four free ports in a row');
};

const run = async (
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ code: number; output: string; lastLine: string }> => {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output, lastLine: output.trim().split('\n').at(-1) ?? '' };
};

const ended = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
};

/** Starts one and waits until it has told its user what to do next. */
export const startInstallation = async (): Promise<Installation> => {
  const home = mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
  chmodSync(home, 0o755);
  const port = await freePortRange();
  const env = { GATEHOUSE_HOME: home, PORT: String(port), LOG_LEVEL: 'warn' };
  let output = '';
  const start = async (): Promise<ChildProcess> => {
    const from = output.length;
    const child = spawn(process.execPath, ['dist/apps/standalone/src/main.js'], {
      env: { ...process.env, ...env },
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    for (let waited = 0; !output.slice(from).includes('Ctrl-C stops everything'); waited += 50) {
      if (child.exitCode !== null || waited > 120_000)
        throw new Error(`Gatehouse did not start:\n${output.slice(from)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return child;
  };
  let child = await start();
  return {
    publicUrl: `http://localhost:${port}`,
    port,
    home,
    password: /password for all: (\S+)\)/.exec(output)?.[1] ?? '',
    output: () => output,
    gatehouse: (...args) => run(['dist/apps/cli/src/main.js', ...args], env),
    kill: () => ended(child, 'SIGKILL'),
    end: () => ended(child, 'SIGTERM'),
    restart: async () => {
      child = await start();
    },
    stop: async () => {
      await ended(child, 'SIGTERM');
      rmSync(home, { recursive: true, force: true });
    },
  };
};

type ProcessName = 'api' | 'gateway' | 'worker';

/** What `api`, `gateway` and `worker` need to run as processes of their own on this installation. */
export const environmentOf = async (
  site: Installation,
): Promise<{
  settings: Record<string, string>;
  envOf: (app: ProcessName) => Record<string, string>;
}> => {
  const { output } = await site.gatehouse('env');
  const settings = Object.fromEntries(
    [...output.matchAll(/^(\w+)='([^']*)'$/gm)].map(([, name, value]) => [name!, value!]),
  );
  const file = readFileSync(join(site.home, 'secrets.json'), 'utf8');
  const secrets = JSON.parse(file) as Record<string, string>;
  const env = {
    PUBLIC_URL: site.publicUrl,
    OUTBOUND_ALLOW: '127.0.0.0/8,::1/128',
    SIGN_IN_ISSUER: settings['GATEHOUSE_LOCAL_ISSUER']!,
    SIGN_IN_CLIENT_ID: 'gatehouse-console',
    SIGN_IN_CLIENT_SECRET: secrets['consoleClientSecret']!,
    SESSION_SECRET: secrets['sessionSecret']!,
    LOG_LEVEL: 'warn',
  };
  const keys = (app: ProcessName) =>
    app === 'gateway'
      ? { RECORD_VERIFICATION_KEYS: settings['RECORD_VERIFICATION_KEYS']! }
      : { MASTER_KEY: secrets['masterKey']! };
  const envOf = (app: ProcessName) => ({
    ...env,
    ...keys(app),
    DATABASE_URL: settings[`GATEHOUSE_LOCAL_${app.toUpperCase()}_DATABASE_URL`]!,
  });
  return { settings, envOf };
};
