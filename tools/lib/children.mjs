import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './paths.mjs';

const GRACE_MS = 15_000;
const REPEAT_MS = 1_000;

const guard = new URL('./parent-guard.mjs', import.meta.url).href;
const living = new Map();
let handOver = false;
let endingWith;
let lastSignalMs = 0;

const exitCodeOf = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 0);

/**
 * Starts a child in a process group of its own. Ctrl-C then reaches it once, from us: npm and the
 * terminal would otherwise each deliver one, and a second one means "at once" to many programs.
 * `orphaned` is the signal that it gets when we are killed: a tool whose work is simply done again is
 * killed too (told to end, npm would roll back, and delete what the next install unpacks at the same time).
 */
export function start(command, args, { env, stdio, wholeGroup = true, orphaned = 'SIGKILL' }) {
  if (endingWith) return Promise.resolve(128 + constants.signals[endingWith]);
  // Every child is a Node program, npm included: preloaded with the guard it ends when we are killed.
  const child = spawn(command, ['--import', guard, ...args], {
    cwd: root,
    env: { ...env, GATEHOUSE_LAUNCHER_PIPE: `${orphaned} ${wholeGroup ? 'group' : 'process'}` },
    stdio: [...stdio, 'pipe'],
    detached: true,
  });
  living.set(child, wholeGroup);
  const ended = new Promise((resolve, reject) => {
    child.once('error', (error) => (living.delete(child), reject(error)));
    child.once(
      'close',
      (code, signal) => (living.delete(child), resolve(exitCodeOf(code, signal))),
    );
  });
  ended.child = child;
  return ended;
}

/** Runs a program to its end and gives back its exit code and all that it printed. */
export async function capture(command, args, env) {
  const ended = start(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [ended.child?.stdout, ended.child?.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => (output += text));
  }
  return { code: await ended, output };
}

/** From here on the application decides when it ends: a signal is only passed on. */
export function handSignalsOver() {
  handOver = true;
}

function send(signal) {
  for (const [child, wholeGroup] of living) {
    try {
      process.kill(wholeGroup ? -child.pid : child.pid, signal);
    } catch {
      // It has ended already.
    }
  }
}

async function onSignal(signal) {
  if (Date.now() - lastSignalMs < REPEAT_MS) return;
  lastSignalMs = Date.now();
  send(signal);
  if (handOver || endingWith) return;
  endingWith = signal;
  const deadline = Date.now() + GRACE_MS;
  while (living.size > 0 && Date.now() < deadline) await new Promise((r) => setTimeout(r, 50));
  send('SIGKILL');
  process.exit(128 + constants.signals[signal]);
}

/** Installs the signal handlers; call once, first. */
export function passSignalsOn() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, (name) => void onSignal(name));
  // A killed npm leaves us behind with another parent: end as if told to.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === undefined) return;
  setInterval(() => {
    if (process.ppid !== parent) void onSignal('SIGTERM');
  }, 1_000).unref();
}
