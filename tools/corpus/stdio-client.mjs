// As much of MCP over stdio as asking for a list of tools needs. An SDK's client would parse the tools, and
// what it does not know would be lost.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const VERSION = '2025-11-25';
const MAX_STDERR = 2000;

/** What an MCP server answers to initialize and to all pages of tools/list. */
export async function listTools({ command, args, cwd, env, timeoutMs }) {
  const child = spawn(command, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
  const giveUp = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  try {
    const ask = requestsOf(child);
    const clientInfo = { name: 'gatehouse-corpus', version: '1' };
    const { serverInfo } = await ask('initialize', {
      protocolVersion: VERSION,
      capabilities: { roots: {}, sampling: {}, elicitation: {} },
      clientInfo,
    });
    ask.notify('notifications/initialized');
    return { serverInfo, tools: await allPages(ask) };
  } finally {
    clearTimeout(giveUp);
    child.kill('SIGKILL');
  }
}

async function allPages(ask) {
  const tools = [];
  let cursor;
  do {
    const page = await ask('tools/list', cursor === undefined ? {} : { cursor });
    tools.push(...page.tools);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return tools;
}

function requestsOf(child) {
  const waiting = new Map();
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr = (stderr + chunk).slice(-MAX_STDERR)));
  child.stdin.on('error', () => {});
  const send = (message) =>
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const fail = (why) => {
    for (const { reject } of waiting.values()) reject(new Error(`${why}\n${stderr}`));
    waiting.clear();
  };
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code, signal) => fail(`it ended with ${code ?? signal}`));
  createInterface({ input: child.stdout }).on('line', (line) => receive(line, waiting, send));

  let id = 0;
  const ask = (method, params) =>
    new Promise((resolve, reject) => {
      id += 1;
      waiting.set(id, { resolve, reject });
      send({ id, method, params });
    });
  ask.notify = (method) => send({ method });
  return ask;
}

function receive(line, waiting, send) {
  const message = parsed(line);
  if (message === undefined) return;
  // A server that asks for roots before it lists gets an answer, or it would wait for ever.
  if (message.method === 'roots/list') send({ id: message.id, result: { roots: [] } });
  else if (message.method !== undefined && message.id !== undefined)
    send({ id: message.id, error: { code: -32601, message: 'Method not found' } });
  const request = waiting.get(message.id);
  if (request === undefined || message.method !== undefined) return;
  waiting.delete(message.id);
  if (message.error === undefined) request.resolve(message.result);
  else request.reject(new Error(message.error.message));
}

// Some servers log to stdout, too.
function parsed(line) {
  try {
    const message = JSON.parse(line);
    return typeof message === 'object' && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}
