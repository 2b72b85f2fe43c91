import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { inRoot, readIfAny } from './paths.mjs';
import { lives } from './processes.mjs';
import { say } from './progress.mjs';

const STALE_MS = 30_000;
const lockPath = inRoot('dist', '.set-up.lock');

/**
 * Runs `work` while no other command installs or builds in this clone (`npm test` may start beside
 * `npm start`). The holder touches the file, so one that was killed, whatever its process id is by
 * now, is recognised.
 */
export async function alone(work) {
  mkdirSync(inRoot('dist'), { recursive: true });
  for (let attempt = 0; !take(); attempt += 1) {
    // Not at the first: a stale lock was just removed, or one is about to go.
    if (attempt === 2) say(`  … another command sets up this clone (process ${holder()}); waiting`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const touching = setInterval(touch, 2_000);
  process.once('exit', letGo);
  try {
    return await work();
  } finally {
    clearInterval(touching);
    process.off('exit', letGo);
    letGo();
  }
}

const letGo = () => rmSync(lockPath, { recursive: true, force: true });

const holder = () => Number(readIfAny(lockPath));

function take() {
  try {
    writeFileSync(lockPath, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isStale()) letGo();
    return false;
  }
}

function isStale() {
  try {
    const pid = holder();
    // Without one it was just made and is not yet filled in, or was cut short. A clock may be set back.
    const age = Math.abs(Date.now() - statSync(lockPath).mtimeMs);
    return age > STALE_MS || (pid > 0 ? !lives(pid) : age > 1_000);
  } catch {
    return false;
  }
}

function touch() {
  try {
    utimesSync(lockPath, new Date(), new Date());
  } catch {
    // Somebody removed dist; the next command simply finds no lock.
  }
}
