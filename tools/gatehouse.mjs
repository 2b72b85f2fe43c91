#!/usr/bin/env node
// The command `gatehouse`: the built CLI on the pinned Node. Standard output is the CLI's alone.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { build, generateClient } from './lib/build.mjs';
import { passSignalsOn } from './lib/children.mjs';
import { explain } from './lib/failures.mjs';
import { isInstalled } from './lib/install.mjs';
import { alone } from './lib/lock.mjs';
import { inRoot, pinnedEnvironment, pinnedNode } from './lib/paths.mjs';
import { say, sayOnStderr, ReportedError } from './lib/progress.mjs';

const main = inRoot('dist/apps/cli/src/main.js');
const stamp = inRoot('dist/.stamp');

async function prepare() {
  if (pinnedNode() && existsSync(main) && existsSync(stamp)) {
    // What is built runs on what is installed; an auditor must not wait for an install.
    if (!isInstalled()) say('package-lock.json changed since the last install: run "npm start".');
    return;
  }
  if (!pinnedNode() || !isInstalled()) {
    say('Gatehouse is not installed in this clone yet. Run "npm start" or "npm run build" once.');
    throw new ReportedError();
  }
  passSignalsOn();
  await alone(async () => {
    await generateClient();
    await build();
  });
}

function run(args) {
  const child = spawn(pinnedNode(), ['--enable-source-maps', main, ...args], {
    env: pinnedEnvironment(),
    stdio: 'inherit',
  });
  // The terminal sends Ctrl-C to the CLI as well; it decides.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

sayOnStderr();
try {
  await prepare();
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const sentence = explain(error);
  if (sentence) say(sentence);
  else if (!(error instanceof ReportedError)) throw error;
  process.exitCode = error.exitCode ?? 1;
}
