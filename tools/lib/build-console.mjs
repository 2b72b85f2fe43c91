import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { capture } from './children.mjs';
import { inRoot, pinnedEnvironment, pinnedNode, root } from './paths.mjs';
import { say, ReportedError } from './progress.mjs';

// Vite takes what follows one of these in a module's path for a query.
const ODD = /[#?%]/;

const isSource = (path) => !['node_modules', 'dist'].includes(basename(path));

/** Runs vite on the console in `directory`, which is apps/console of this clone or of a stand-in. */
async function vite(directory) {
  const program = inRoot('node_modules/vite/bin/vite.js');
  const args = [program, 'build', directory, '--configLoader', 'native'];
  const { code, output } = await capture(pinnedNode(), args, pinnedEnvironment());
  if (code === 0) return;
  say(output.trim());
  throw new ReportedError();
}

/** Builds the console, in a clone whose path vite cannot read through a directory with a plain one. */
export async function buildConsoleFiles() {
  const console = inRoot('apps/console');
  if (!ODD.test(root)) return vite(console);
  const plain = mkdtempSync(join(ODD.test(tmpdir()) ? '/tmp' : tmpdir(), 'gatehouse-console-'));
  try {
    const copy = join(plain, 'apps', 'console');
    mkdirSync(join(plain, 'apps'));
    cpSync(console, copy, { recursive: true, filter: isSource });
    symlinkSync(inRoot('node_modules'), join(plain, 'node_modules'));
    const own = join(console, 'node_modules');
    if (existsSync(own)) symlinkSync(own, join(copy, 'node_modules'));
    await vite(copy);
    rmSync(join(console, 'dist'), { recursive: true, force: true });
    cpSync(join(copy, 'dist'), join(console, 'dist'), { recursive: true });
  } finally {
    rmSync(plain, { recursive: true, force: true });
  }
}
