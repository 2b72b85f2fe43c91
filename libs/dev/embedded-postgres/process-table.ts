import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

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

/**
 * Whether a process lives. A zombie does not: in a container whose first process reaps nobody, an
 * ended orphan stays one for good, and a signal to it "succeeds".
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const state = onLinux ? linuxStat(pid)[0] : psColumn(pid, 'state');
  return state !== undefined && state !== '' && !state.startsWith('Z');
}

/** The command line of a process, its words separated by spaces; empty when there is none. */
export function commandLineOf(pid: number): string {
  if (onLinux) return (procFile(pid, 'cmdline') ?? '').replaceAll('\0', ' ').trim();
  return psColumn(pid, 'command') ?? '';
}

/** When a process started, in a form that only serves to tell a reused process id from the old one. */
export function startMarkOf(pid: number): string {
  if (!onLinux) return psColumn(pid, 'lstart') ?? '';
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot}/${linuxStat(pid)[19] ?? ''}`;
}

/** Waits until a process is gone; false when it still lives after `timeoutMs`. */
export async function waitForEnd(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}
