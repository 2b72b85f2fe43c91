import { inspect } from 'node:util';
import { ConfigError } from '#libs/platform/config';
import { isDatabaseUnavailable } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';

const DO_NEXT: Readonly<Record<string, string>> = {
  EACCES: 'This user may not do that. Start as the user who owns it, or take a port above 1023.',
  EPERM: 'This user may not do that. Start as the user who owns it.',
  EROFS: 'That file system takes no writes. Name another home with GATEHOUSE_HOME.',
  ENOSPC: 'The disk is full. Make room, or name a home on another with GATEHOUSE_HOME.',
  EDQUOT: 'The quota on the disk is used up. Make room, or name another home with GATEHOUSE_HOME.',
  EISDIR: 'There is a directory where a file should be. Move it away.',
  ENOTDIR: 'There is a file where a directory should be. Name another home with GATEHOUSE_HOME.',
  EADDRINUSE: 'The port is in use. End what uses it, or take another with PORT and GATEHOUSE_HOME.',
  EADDRNOTAVAIL: 'This machine has no such address: its loopback address 127.0.0.1 is needed.',
  EMFILE: 'Too many files are open. Raise the limit, for example with "ulimit -n 4096".',
  ENFILE: 'This machine has too many open files. End something.',
  ENOMEM: 'There is not enough memory. End something.',
  EAGAIN: 'This machine starts no more processes. End some.',
};

const NO_DATABASE =
  'The database does not answer, or not in time: this machine may be too busy. Look at postgres.log in the home, then start again.';

const causes = (error: unknown): unknown[] => {
  const chain: unknown[] = [];
  for (let it = error; it instanceof Error && chain.length < 8; it = it.cause) chain.push(it);
  return chain;
};

/** What failed, and what to do next: one sentence each where the cause is a known one. */
export const describeFailure = (error: unknown): string => {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof DomainError && error.code !== 'internal') return error.message;
  if (isDatabaseUnavailable(error)) return NO_DATABASE;
  const known = causes(error).find((it) => Object.hasOwn(DO_NEXT, codeOf(it)));
  if (known instanceof Error) return `${known.message}\n${DO_NEXT[codeOf(known)]}`;
  // What nobody foresaw is told in full: this terminal is the only place where it can be looked for.
  if (error instanceof DomainError) return `${error.message}\n${inspect(error.cause)}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code);
