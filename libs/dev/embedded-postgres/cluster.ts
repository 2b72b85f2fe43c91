import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '#libs/platform/kernel';
import type { Place } from './place.js';

/** The name of the database superuser. */
export const SUPERUSER = 'postgres';

const MAJOR_VERSION = '18';
const DRAFT_PREFIX = 'initialising-';
const INIT_TIMEOUT_MS = 120_000;

/**
 * Makes the data directory when there is none. It is made under another name and renamed when whole,
 * so what an interrupted initdb left is never started, only removed.
 */
export async function initialiseOnce(place: Place, password: string): Promise<boolean> {
  removeDrafts(place);
  if (existsSync(place.dataDir)) {
    checkMajorVersion(place.dataDir);
    return false;
  }
  const draft = join(place.directory, `${DRAFT_PREFIX}${randomBytes(4).toString('hex')}`);
  mkdirSync(draft, { mode: 0o700 });
  const passwordFile = `${draft}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600, flag: 'wx' });
  if (place.runAs) {
    chownSync(passwordFile, place.runAs.uid, place.runAs.gid);
    chownSync(draft, place.runAs.uid, place.runAs.gid);
  }
  try {
    await runInitdb(place, draft, passwordFile);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, place.dataDir);
  return true;
}

function runInitdb(place: Place, draft: string, passwordFile: string): Promise<void> {
  const child = spawn(
    place.binaries.initdb,
    [
      `--pgdata=${draft}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ],
    {
      ...place.runAs,
      cwd: draft,
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: INIT_TIMEOUT_MS,
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  return new Promise((resolve, reject) => {
    const fail = (why: string, cause?: unknown): void => {
      const said = output.trim().split('\n').slice(-8).join('\n');
      reject(
        new DomainError('unavailable', `PostgreSQL could not be initialised: ${why}\n${said}`, {
          cause,
        }),
      );
    };
    child.once('error', (error) => fail(error.message, error));
    child.once('close', (code, signal) =>
      code === 0 ? resolve() : fail(`initdb ended with ${signal ?? code}.`),
    );
  });
}

function removeDrafts(place: Place): void {
  for (const name of readdirSync(place.directory)) {
    if (!name.startsWith(DRAFT_PREFIX)) continue;
    // An initdb whose parent was killed may still be writing here; what it makes is never renamed.
    rmSync(join(place.directory, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

function checkMajorVersion(dataDir: string): void {
  let version: string | undefined;
  try {
    version = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim();
  } catch (cause) {
    const owner = lstatSync(dataDir).uid;
    throw new DomainError(
      'precondition_failed',
      `The data directory ${dataDir} (of user id ${owner}) cannot be read. Start as the user who made it, or name another home with GATEHOUSE_HOME.`,
      { cause },
    );
  }
  if (version === MAJOR_VERSION) return;
  throw new DomainError(
    'precondition_failed',
    `The data directory ${dataDir} was made by PostgreSQL ${version}; this is PostgreSQL ${MAJOR_VERSION}. Start the older Gatehouse to export it, or name another home with GATEHOUSE_HOME.`,
  );
}
