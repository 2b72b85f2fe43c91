// Preloaded into what tools/run.mjs starts: when the launcher is gone, even by kill -9, its end of this
// pipe closes, and the program ends too instead of staying behind unseen.
import { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';

const PIPE_DESCRIPTOR = 3;
const [signal, scope] = (process.env.GATEHOUSE_LAUNCHER_PIPE ?? '').split(' ');
delete process.env.GATEHOUSE_LAUNCHER_PIPE;

if (isMainThread && signal) {
  const pipe = new Socket({ fd: PIPE_DESCRIPTOR, readable: true, writable: false });
  pipe.on('error', () => undefined);
  pipe.on('close', () => process.kill(scope === 'group' ? -process.pid : process.pid, signal));
  pipe.resume();
  pipe.unref();
  // Keeps the socket reachable: collected as garbage it would be closed without a word. An ordinary
  // exit must not look like the launcher's end.
  process.once('exit', () => pipe.removeAllListeners('close'));
}
