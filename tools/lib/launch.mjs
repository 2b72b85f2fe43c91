import { handSignalsOver, start } from './children.mjs';
import { inRoot, pinnedEnvironment, pinnedNode } from './paths.mjs';

/** Runs the application until it ends; its exit code is ours. */
export function launchStandalone(args) {
  handSignalsOver();
  const main = inRoot('dist/apps/standalone/src/main.js');
  return start(pinnedNode(), ['--enable-source-maps', main, ...args], {
    env: pinnedEnvironment(),
    stdio: ['inherit', 'inherit', 'inherit'],
    wholeGroup: false,
    orphaned: 'SIGTERM',
  });
}

/** Runs a script on the pinned Node with the terminal's output. */
export function runScript(script, args) {
  return start(pinnedNode(), [inRoot(script), ...args], {
    env: pinnedEnvironment(),
    stdio: ['ignore', 'inherit', 'inherit'],
    orphaned: 'SIGTERM',
  });
}
