import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, realpathSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '#libs/platform/kernel';
import { copiedBinaries, installedBinaries, packageDirectory, type Binaries } from './binaries.js';
import { canReach, chooseRunAs, type RunAs } from './run-as.js';
import type { Remembered } from './remembered.js';

/** Where the server's files are and whose they are. */
export interface Place {
  /** Holds the data directory; belongs to us, not to the server's account. */
  directory: string;
  dataDir: string;
  binaries: Binaries;
  runAs: RunAs | undefined;
}

/**
 * Finds the place: inside the home, or, when root's server account cannot enter the home or
 * node_modules, in a directory of this machine that it can.
 */
export function choosePlace(home: string, remembered: Remembered): Place {
  const known = remembered.directory ?? join(home, 'postgres');
  const runAs = chooseRunAs(ownerOf(join(known, remembered.dataName)));
  const directory = runAs ? directoryFor(home, remembered, runAs) : known;
  if (!runAs) makeDirectory(directory, 0o700);
  const binaries = runAs ? binariesFor(runAs) : installedBinaries(() => directory);
  return { directory, dataDir: join(directory, remembered.dataName), binaries, runAs };
}

/** The directory outside the home; its name follows from the home's real path. */
export const outsideDirectory = (home: string): string => publicDirectory(realpathSync(home));

/** A directory that every account can enter, named after a path that the server's account cannot. */
function publicDirectory(insteadOf: string): string {
  const hash = createHash('sha256').update(insteadOf).digest('hex').slice(0, 16);
  return join(realpathSync('/var/tmp'), `gatehouse-${hash}`);
}

function directoryFor(home: string, remembered: Remembered, runAs: RunAs): string {
  const inHome = join(home, 'postgres');
  if (remembered.directory !== undefined && remembered.directory !== inHome) {
    makeDirectory(remembered.directory, 0o711);
    return remembered.directory;
  }
  makeDirectory(inHome, 0o711, lstatSync(home).uid);
  if (canReach(runAs, inHome, [])) return inHome;
  if (lstatSync(join(inHome, remembered.dataName), { throwIfNoEntry: false })) {
    throw new DomainError(
      'precondition_failed',
      `The database in ${inHome} belongs to user id ${runAs.uid}, who can no longer enter that directory. Let others pass through its parents again (chmod o+x), or name another home with GATEHOUSE_HOME.`,
    );
  }
  const outside = outsideDirectory(home);
  makeDirectory(outside, 0o711);
  return outside;
}

/** The programs outside node_modules are shared by every home of this clone: they are 60 MB. */
function binariesFor(runAs: RunAs): Binaries {
  const shared = publicDirectory(packageDirectory());
  const prepareShared = (): string => {
    makeDirectory(shared, 0o711);
    return shared;
  };
  const installed = installedBinaries(prepareShared);
  if (canReach(runAs, '/', [installed.initdb, installed.postgres])) return installed;
  return copiedBinaries(prepareShared());
}

/**
 * Makes a directory or checks that an existing one is ours (or, as root, the home owner's). In one
 * that everybody may write (/var/tmp) somebody may have put a directory or a symlink before us.
 */
function makeDirectory(directory: string, mode: number, alsoOwner?: number): void {
  try {
    mkdirSync(directory, { mode });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const found = lstatSync(directory);
  const owners = [process.getuid?.(), alsoOwner];
  if (!found.isDirectory() || !owners.includes(found.uid)) throw notOurs(directory);
  if ((found.mode & 0o777) !== mode) chmodSync(directory, mode);
}

function notOurs(directory: string): DomainError {
  return new DomainError(
    'precondition_failed',
    `The database's directory ${directory} is not a directory of the user who is starting Gatehouse, so it is left alone. Start as the user who owns it, remove it, or name another home with GATEHOUSE_HOME.`,
  );
}

function ownerOf(path: string): number | undefined {
  const found: Stats | undefined = lstatSync(path, { throwIfNoEntry: false });
  return found?.uid;
}
