// A throw-away installation for the benchmark: the whole of it in one process, as `npm start` has it,
// and a gateway of its own beside it, so that the process measured does nothing else.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const canListen = (port) =>
  new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** A port with the three after it free. */
export const freePortRange = async (from = 20_000 + (process.pid % 20_000)) => {
  for (let port = from; port < 65_000; port += 7) {
    const free = await Promise.all([0, 1, 2, 3, 4].map((offset) => canListen(port + offset)));
    if (free.every(Boolean)) return port;
  }
  throw new Error('no five free ports in a row');
};

const untilReady = async (url, child) => {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (child.exitCode !== null)
      throw new Error(`it ended with ${child.exitCode} before it was ready`);
    const ready = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not become ready in a minute`);
};

const start = (args, env) => {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.setEncoding('utf8');
  return child;
};

const end = async (child) => {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
};

/** The last line that `gatehouse <args>` prints. */
const gatehouse = async (args, env) => {
  const child = start(['dist/apps/cli/src/main.js', ...args], env);
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`gatehouse ${args.join(' ')} ended with ${code}`);
  return output.trim();
};

const settingsOf = async (env) => {
  const settings = await gatehouse(['env'], env);
  const valueOf = (name) => new RegExp(`^${name}='([^']+)'`, 'm').exec(settings)[1];
  const setting = (name) => valueOf(`GATEHOUSE_LOCAL_${name}`);
  return {
    superuserUrl: setting('DATABASE_URL'),
    ownerUrl: setting('OWNER_DATABASE_URL'),
    appUrl: setting('APP_DATABASE_URL'),
    gatewayUrl: setting('GATEWAY_DATABASE_URL'),
    recordKeys: valueOf('RECORD_VERIFICATION_KEYS'),
  };
};

const startBoth = async (home, port, children) => {
  const env = { GATEHOUSE_HOME: home, PORT: String(port) };
  const run = async (app, readyUrl, more) => {
    const child = start([`dist/apps/${app}/src/main.js`], more);
    children.push(child);
    child.stdout.resume();
    await untilReady(readyUrl, child);
  };
  await run('standalone', `http://localhost:${port}/health/ready`, env);
  const urls = await settingsOf(env);
  const token = (await gatehouse(['token', '--agent', 'support-agent'], env)).split('\n').at(-1);
  const scimToken = await gatehouse(['token', '--scim'], env);
  const gatewayPort = port + 4;
  await run('gateway', `http://127.0.0.1:${gatewayPort}/health/ready`, {
    DATABASE_URL: urls.gatewayUrl,
    RECORD_VERIFICATION_KEYS: urls.recordKeys,
    PUBLIC_URL: `http://localhost:${port}`,
    ALLOWED_HOSTS: `127.0.0.1:${gatewayPort}`,
    PORT: String(gatewayPort),
    OUTBOUND_ALLOW: '127.0.0.0/8,::1/128',
  });
  return {
    urls,
    token,
    scimToken,
    scimUrl: `http://localhost:${port}/scim/v2`,
    helpdeskUrl: `http://127.0.0.1:${port + 3}`,
    gatewayUrl: `http://127.0.0.1:${gatewayPort}`,
  };
};

/** Starts both; answers addresses, tokens, and how to end them. */
export const startInstallation = async () => {
  const home = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  chmodSync(home, 0o755);
  const children = [];
  const close = async () => {
    for (const child of children.toReversed()) await end(child);
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const installation = await startBoth(home, await freePortRange(), children);
    return { ...installation, close };
  } catch (error) {
    await close();
    throw error;
  }
};
