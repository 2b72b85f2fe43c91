import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

const onLinux = process.platform === 'linux';

/** One column that `ps` knows of one process, where there is no /proc to read (macOS). */
function psColumn(pid: number, column: string): string | undefined {
  const ps = spawnSync('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' });
  return ps.status === 0 ? ps.stdout.trim() : undefined;
}

function procFile(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}

/** The fields of /proc/PID/stat from the third on: the second, the name, may contain anything. */
function linuxStat(pid: number): string[] {
  const stat = procFile(pid, 'stat') ?? '';
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Whether the process id is taken, by a zombie too: all that PostgreSQL itself asks. */
export function isTaken(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Whether a process lives. A zombie does not: in a container whose first process reaps nobody, an
 * ended orphan stays one for good, and a signal to it "succeeds".
 */
export function isAlive(pid: number): boolean {
  if (!isTaken(pid)) return false;
  const state = onLinux ? linuxStat(pid)[0] : psColumn(pid, 'state');
  return state !== undefined && state !== '' && !state.startsWith('Z');
}

/** The command line of a process, its words separated by spaces; empty when there is none. */
export function commandLineOf(pid: number): string {
  if (onLinux) return (procFile(pid, 'cmdline') ?? '').replaceAll('\0', ' ').trim();
  return psColumn(pid, 'command') ?? '';
}

/** Whether a process is that program, started with these arguments first. */
export function runs(pid: number, program: string, args: readonly string[]): boolean {
  // Without /proc the words run together; there a path in front is what tells it from a shell's argument.
  if (!onLinux) {
    const line = commandLineOf(pid);
    return line.startsWith('/') && line.includes(`/${program} ${args.join(' ')} `);
  }
  const [path = '', ...given] = (procFile(pid, 'cmdline') ?? '').split('\0');
  return path.endsWith(`/${program}`) && args.every((arg, index) => given[index] === arg);
}

/** Every process id there is. */
export function allProcessIds(): number[] {
  const names = onLinux
    ? readdirSync('/proc')
    : spawnSync('ps', ['-axo', 'pid='], { encoding: 'utf8' }).stdout.split('\n');
  return names.map(Number).filter((pid) => Number.isInteger(pid) && pid > 1);
}

/** The directory a process works in; undefined where that is not told. */
export function workingDirectoryOf(pid: number): string | undefined {
  try {
    return onLinux ? readlinkSync(`/proc/${pid}/cwd`) : undefined;
  } catch {
    return undefined;
  }
}

/** When a process started, in a form that only serves to tell a reused process id from the old one. */
export function startMarkOf(pid: number): string {
  if (!onLinux) return psColumn(pid, 'lstart') ?? '';
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot}/${linuxStat(pid)[19] ?? ''}`;
}

/** Tells whether the process that has this id now still lives; its id may be given to another later. */
export function lifeOf(pid: number): () => boolean {
  const mark = startMarkOf(pid);
  return () => isAlive(pid) && startMarkOf(pid) === mark;
}

/** Waits until a process no longer lives; false when it still does after `timeoutMs`. */
export async function waitForEnd(lives: () => boolean, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (lives()) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}
