import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { inRoot, readIfAny, root } from './paths.mjs';

const IGNORED = new Set(['node_modules', 'dist', '.git']);

/** All files under a directory, or the file itself; nothing when it does not exist. */
export function filesUnder(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !IGNORED.has(name))
    .flatMap((entry) => {
      const inner = join(path, entry.name);
      return entry.isDirectory() ? filesUnder(inner) : [inner];
    });
}

/** A hash over the contents of files: for few. */
export function contentHash(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${path}\0${readIfAny(inRoot(path)) ?? ''}\0`);
  return hash.digest('hex');
}

/** A hash over name, size and time of change of files: for many. */
export function changeHash(files) {
  const hash = createHash('sha256');
  for (const file of files.toSorted((a, b) => (a < b ? -1 : 1))) {
    const { mtimeMs, size } = statSync(file, { throwIfNoEntry: false }) ?? {};
    hash.update(`${relative(root, file)}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest('hex');
}

/** Writes a stamp; it is there whole or not at all. */
export function writeStamp(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(`${path}.new`, 'w');
  writeFileSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
}
