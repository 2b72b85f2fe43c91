import { openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { giveToOwnerOf } from './remembered.js';

const KEEP_BYTES = 10 * 1024 * 1024;

/** The server's log file in the home. */
export const logPathIn = (home: string): string => join(home, 'postgres.log');

/** Opens the log for appending; a large one is set aside first, and one such is kept. */
export function openServerLog(home: string): number {
  const path = logPathIn(home);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > KEEP_BYTES) renameSync(path, `${path}.1`);
  const file = openSync(path, 'a', 0o600);
  giveToOwnerOf(home, file);
  return file;
}

/** What the server said last, for an error message. */
export function lastLogLines(home: string, count = 10): string {
  try {
    return readFileSync(logPathIn(home), 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '(its log is empty)';
  }
}
