import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { commandLineOf, isAlive } from './process-table.js';

/** What a server wrote about itself in its data directory. */
export interface PostmasterFile {
  pid: number;
  port: number;
}

/** Reads postmaster.pid; undefined when there is none or it is half written. */
export function readPostmasterFile(dataDir: string): PostmasterFile | undefined {
  const lines = readLines(dataDir);
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return Number.isInteger(pid) && pid > 1 && port > 0 ? { pid, port } : undefined;
}

/** The living server of this very data directory, by its process id and its command line. */
export function livingPostmaster(dataDir: string): PostmasterFile | undefined {
  const file = readPostmasterFile(dataDir);
  return file && isAlive(file.pid) && isServerOf(file.pid, dataDir) ? file : undefined;
}

/**
 * Makes a stale postmaster.pid look stale to PostgreSQL too. When its process id has since been given
 * to another process the server would do not start. Only the id is replaced: the file also names
 * the shared memory by which the server notices that backends of its predecessor still run.
 */
export function defuseReusedPid(dataDir: string): void {
  const [pidLine, ...rest] = readLines(dataDir);
  const pid = Number(pidLine);
  if (!Number.isInteger(pid) || pid < 2 || !isAlive(pid) || isServerOf(pid, dataDir)) return;
  const { pid: endedPid } = spawnSync('/bin/sh', ['-c', ':']);
  // The data directory is the server account's; as root, follow no link that it may have put there.
  const flags = constants.O_WRONLY | constants.O_TRUNC | constants.O_NOFOLLOW;
  const file = openSync(join(dataDir, 'postmaster.pid'), flags);
  writeSync(file, [endedPid, ...rest].join('\n'));
  closeSync(file);
}

function isServerOf(pid: number, dataDir: string): boolean {
  return commandLineOf(pid).includes(`-D ${dataDir} `);
}

function readLines(dataDir: string): string[] {
  try {
    return readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}
