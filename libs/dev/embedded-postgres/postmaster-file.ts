import { closeSync, constants, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import {
  allProcessIds,
  commandLineOf,
  isAlive,
  isTaken,
  runs,
  workingDirectoryOf,
} from './process-table.js';

/** A server and the port it was started on. */
export interface Postmaster {
  pid: number;
  port: number;
}

/** The living server of this very data directory that its postmaster.pid names. */
export function namedPostmaster(dataDir: string): Postmaster | undefined {
  const lines = readLines(dataDir);
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return port > 0 && isServerOf(pid, dataDir) ? { pid, port } : undefined;
}

/** The process id of the living server of this data directory, also when its file is gone or cut short. */
export function livingServer(dataDir: string): number | undefined {
  return namedPostmaster(dataDir)?.pid ?? allProcessIds().find((pid) => isServerOf(pid, dataDir));
}

/** Whether that process lives and is the server of this data directory: a process id alone proves nothing. */
export function isServerOf(pid: number, dataDir: string): boolean {
  return Number.isInteger(pid) && pid > 1 && runs(pid, 'postgres', ['-D', dataDir]) && isAlive(pid);
}

/**
 * Makes what an ended server left in postmaster.pid look stale to PostgreSQL too, which believes any
 * process id that is taken: by a zombie that nobody reaps, or by another program by now. Only the id is
 * replaced, by its parent's, which it knows for stale: the file also names the shared memory by which
 * it notices that backends of its predecessor still run. A file cut short is removed.
 */
export function discardStaleFile(dataDir: string): void {
  const path = join(dataDir, 'postmaster.pid');
  const [pidLine, ...rest] = readLines(dataDir);
  const pid = Number(pidLine);
  if (!Number.isInteger(pid) || pid < 2) return rmSync(path, { recursive: true, force: true });
  if (!isTaken(pid)) return;
  // The data directory is the server account's; as root, follow no link that it may have put there.
  const flags = constants.O_WRONLY | constants.O_TRUNC | constants.O_NOFOLLOW;
  const file = openSync(path, flags);
  writeSync(file, [process.pid, ...rest].join('\n'));
  closeSync(file);
}

/** The backends of a killed server that have not noticed it, and hold its shared memory. */
export function leftBackends(dataDir: string): number[] {
  return allProcessIds().filter(
    (pid) =>
      commandLineOf(pid).startsWith('postgres: ') &&
      workingDirectoryOf(pid) === dataDir &&
      isAlive(pid),
  );
}

function readLines(dataDir: string): string[] {
  try {
    return readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}
