import { spawnSync } from 'node:child_process';
import { DomainError } from '#libs/platform/kernel';

/** The account that the database server runs as when we are root: PostgreSQL rejects root. */
export interface RunAs {
  uid: number;
  gid: number;
}

const OWN_ACCOUNT = 'gatehouse-postgres';

/** Who may run the server; undefined means this very process's user. */
export function chooseRunAs(dataOwnerUid: number | undefined): RunAs | undefined {
  if (process.getuid?.() !== 0) return undefined;
  // An existing data directory stays with its owner: the server reads no other's.
  if (dataOwnerUid !== undefined && dataOwnerUid !== 0) {
    return { uid: dataOwnerUid, gid: idOf('-g', String(dataOwnerUid)) ?? dataOwnerUid };
  }
  const found =
    account('postgres') ??
    account('_postgres') ??
    account(OWN_ACCOUNT) ??
    createAccount() ??
    account('nobody');
  if (found) return found;
  throw new DomainError(
    'unavailable',
    'PostgreSQL does not run as root, and this machine has no account to run it as. Create one, for example with "useradd --system postgres", or start as another user.',
  );
}

/** Whether that account can enter a directory and execute the given files. */
export function canReach(runAs: RunAs, directory: string, executables: readonly string[]): boolean {
  const script = 'cd "$1" || exit 1; shift; for file; do test -x "$file" || exit 1; done';
  const probe = spawnSync('/bin/sh', ['-c', script, 'sh', directory, ...executables], {
    ...runAs,
    cwd: '/',
    stdio: 'ignore',
    timeout: 10_000,
  });
  return probe.status === 0;
}

function idOf(flag: '-u' | '-g', name: string): number | undefined {
  const id = spawnSync('id', [flag, name], { encoding: 'utf8', timeout: 10_000 });
  const value = Number(id.stdout?.trim());
  return id.status === 0 && Number.isInteger(value) ? value : undefined;
}

function account(name: string): RunAs | undefined {
  const uid = idOf('-u', name);
  const gid = idOf('-g', name);
  // Some systems map "nobody" to -2, and an alias of root would be root again.
  return uid !== undefined && gid !== undefined && uid > 0 ? { uid, gid } : undefined;
}

function createAccount(): RunAs | undefined {
  const options = ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', OWN_ACCOUNT];
  spawnSync('useradd', options, { stdio: 'ignore', timeout: 20_000 });
  return account(OWN_ACCOUNT);
}
