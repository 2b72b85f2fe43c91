import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '#libs/platform/kernel';
import { isAlive, startMarkOf } from './process-table.js';

const LOCK_FILE = 'postgres.lock';

/** The home, held by this process. */
export interface HomeLock {
  /** False once somebody else took the home, or removed it. */
  isHeld(): boolean;
  release(): void;
}

/**
 * Takes the home for this process, so that two starts never drive one data directory. A lock whose
 * process is gone (kill -9, power cut, process id reused) is ignored.
 */
export function lockHome(home: string): HomeLock {
  const lockPath = join(home, LOCK_FILE);
  const mine = JSON.stringify({
    home,
    pid: process.pid,
    started: startMarkOf(process.pid),
    nonce: randomUUID(),
  });
  const draft = `${lockPath}.${randomUUID()}`;
  writeDraft(home, draft, mine);
  try {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      if (tryLink(draft, lockPath)) return heldBy(lockPath, mine);
      const theirs = read(lockPath);
      const holder = livingHolder(home, theirs);
      if (holder !== undefined) throw alreadyRunning(home, holder);
      setAside(lockPath, theirs);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw alreadyRunning(home, undefined);
}

function writeDraft(home: string, draft: string, content: string): void {
  try {
    writeFileSync(draft, content, { mode: 0o600 });
  } catch (cause) {
    throw new DomainError(
      'forbidden',
      `The home ${home} cannot be written. Start as the user who owns it, or name another one with GATEHOUSE_HOME.`,
      { cause },
    );
  }
}

function alreadyRunning(home: string, pid: number | undefined): DomainError {
  const who = pid === undefined ? '' : ` (process ${pid})`;
  return new DomainError(
    'conflict',
    `Gatehouse is already running in ${home}${who}. Stop it first, or give this one a home of its own with GATEHOUSE_HOME and another PORT.`,
  );
}

/** A copied home carries its original's lock along: that one names another home. */
function livingHolder(home: string, content: string | undefined): number | undefined {
  try {
    const lock = JSON.parse(content ?? '') as { home: string; pid: number; started: string };
    const lives = isAlive(lock.pid) && startMarkOf(lock.pid) === lock.started;
    return lives && lock.home === home ? lock.pid : undefined;
  } catch {
    return undefined;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** link() is the one call that fails when the name exists and never shows a half-written file. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Moves a stale lock away. Another starter may have replaced it since it was examined: then what was
 * moved is a living lock, and it goes back.
 */
function setAside(lockPath: string, evaluated: string | undefined): void {
  const aside = `${lockPath}.${randomUUID()}`;
  try {
    renameSync(lockPath, aside);
  } catch {
    return;
  }
  if (read(aside) !== evaluated) tryLink(aside, lockPath);
  rmSync(aside, { recursive: true, force: true });
}

function heldBy(lockPath: string, mine: string): HomeLock {
  const isHeld = (): boolean => read(lockPath) === mine;
  return { isHeld, release: () => void (isHeld() && rmSync(lockPath, { force: true })) };
}

/** The living process that holds the home, if any does. */
export function holderOf(home: string): number | undefined {
  return livingHolder(home, read(join(home, LOCK_FILE)));
}
