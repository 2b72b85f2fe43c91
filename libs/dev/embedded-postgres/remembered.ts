import { randomBytes, randomUUID } from 'node:crypto';
import {
  closeSync,
  fchownSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DomainError } from '#libs/platform/kernel';

const STATE_FILE = 'postgres.json';

const rememberedSchema = z.object({
  /** The home's real path when this was written: a copied home must not drive the original's server. */
  home: z.string().startsWith('/'),
  /** The superuser's password. */
  password: z.string().regex(/^[\w-]{16,}$/),
  /** Name of the data directory; a home made anew never uses the data of the one before it. */
  dataName: z.string().regex(/^data-[0-9a-f]{8}$/),
  /** Where the data directory is; absent until the first start chose. */
  directory: z.string().startsWith('/').optional(),
  /** Only preferred: any other does as well. */
  port: z.int().min(1).max(65_535).optional().catch(undefined),
});

/** What the home remembers of its database server. The file is readable by its owner only. */
export type Remembered = z.infer<typeof rememberedSchema>;

/** Reads what the home remembers, or starts a new memory. */
export function recall(home: string): Remembered {
  const known = recallIfAny(home);
  if (known) return known;
  const fresh: Remembered = {
    home: realpathSync(home),
    password: randomBytes(24).toString('base64url'),
    dataName: `data-${randomBytes(4).toString('hex')}`,
  };
  remember(home, fresh);
  return fresh;
}

/** Reads what the home remembers; undefined when it never had a server. */
export function recallIfAny(home: string): Remembered | undefined {
  let text: string;
  try {
    text = readFileSync(join(home, STATE_FILE), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code !== 'EACCES') throw error;
    throw new DomainError(
      'forbidden',
      `${join(home, STATE_FILE)} belongs to another user. Start as the user who made this home, or name another one with GATEHOUSE_HOME.`,
    );
  }
  try {
    return forThisHome(home, rememberedSchema.parse(JSON.parse(text)));
  } catch (cause) {
    throw new DomainError(
      'precondition_failed',
      `${join(home, STATE_FILE)} is damaged. Restore it, or remove the home ${home} to begin anew without its data.`,
      { cause },
    );
  }
}

/** Writes the memory so that a crash leaves the old one or the new one. */
export function remember(home: string, state: Remembered): void {
  const draft = join(home, `${STATE_FILE}.${randomUUID()}`);
  const file = openSync(draft, 'wx', 0o600);
  giveToOwnerOf(home, file);
  writeSync(file, `${JSON.stringify(state, undefined, 2)}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, join(home, STATE_FILE));
}

/** Makes the home. As root it can be entered by the server's account; its secrets are files of 0600. */
export function makeHome(home: string): void {
  mkdirSync(home, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
}

/** As root in somebody else's home (sudo): what we write stays readable to them. */
export function giveToOwnerOf(home: string, file: number): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(home);
  fchownSync(file, uid, gid);
}

/** A home that was moved takes its inner directory along; one copied while the original stays does not share. */
function forThisHome(home: string, state: Remembered): Remembered {
  const here = realpathSync(home);
  if (state.home === here || state.directory === undefined) return { ...state, home: here };
  const { directory, ...rest } = state;
  const inside = directory === join(state.home, 'postgres');
  if (inside) return { ...rest, home: here, directory: join(here, 'postgres') };
  if (!isStillThere(state)) return { ...state, home: here };
  return { ...rest, home: here, dataName: `data-${randomBytes(4).toString('hex')}` };
}

function isStillThere(state: Remembered): boolean {
  try {
    const other = JSON.parse(readFileSync(join(state.home, STATE_FILE), 'utf8')) as Remembered;
    return other.dataName === state.dataName;
  } catch {
    return false;
  }
}
