import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { buildConsoleFiles } from './build-console.mjs';
import { capture } from './children.mjs';
import { changeHash, contentHash, filesUnder, writeStamp } from './fingerprint.mjs';
import { inRoot, pinnedEnvironment, pinnedNode, readIfAny, root } from './paths.mjs';
import { say, step, ReportedError } from './progress.mjs';

const clientStamp = inRoot('libs/platform/db/generated/.stamp');
const serverStamp = inRoot('dist/.stamp');
const consoleStamp = inRoot('dist/.console-stamp');
const LOCKED = ['package-lock.json', 'package.json'].map((name) => inRoot(name));

/** Runs a JavaScript tool of node_modules on the pinned Node; prints what it said when it fails. */
export async function tool(script, args) {
  const program = inRoot('node_modules', script);
  const { code, output } = await capture(pinnedNode(), [program, ...args], pinnedEnvironment());
  if (code === 0) return;
  say(output.trim());
  throw new ReportedError();
}

/** Generates the database client when the schema changed. */
export async function generateClient() {
  const inputs = ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json'];
  const wanted = contentHash(inputs);
  if (isMade(readIfAny(clientStamp), wanted, clientOutput())) return;
  await step('generate the database client', async () => {
    rmSync(clientStamp, { force: true });
    await tool('prisma/build/index.js', ['generate']);
    writeStamp(clientStamp, `${wanted}\n${changeHash(clientOutput())}`);
  });
}

const clientOutput = () => filesUnder(inRoot('libs/platform/db/generated')).filter(isNoStamp);
const serverOutput = () =>
  ['apps', 'libs', 'prisma'].flatMap((name) => filesUnder(inRoot('dist', name)));
const consoleOutput = () => filesUnder(inRoot('apps/console/dist'));
const isNoStamp = (path) => !/\.stamp(\.new)?$/.test(path);

/** A stamp says of what something was made, and what was made: one alone may have changed since. */
function isMade(stamp, wanted, output) {
  const [inputs, made] = stamp?.split('\n') ?? [];
  return inputs === wanted && made === changeHash(output);
}

/** Builds what changed: the server with tsc and, at the same time, the console with vite. */
export async function build() {
  const results = await Promise.allSettled([buildServer(), buildConsole()]);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

function serverSources() {
  const apps = readdirSync(inRoot('apps')).filter((name) => name !== 'console');
  const folders = [...apps.map((name) => inRoot('apps', name, 'src')), inRoot('libs')];
  return folders.flatMap(filesUnder);
}

async function buildServer() {
  const sources = serverSources();
  const configs = ['tsconfig.json', 'tsconfig.build.json'].map((name) => inRoot(name));
  const migrations = filesUnder(inRoot('prisma'));
  const stamp = readIfAny(serverStamp);
  const known = stamp?.split('\n');
  const wanted = changeHash([...sources, ...migrations, ...configs, ...LOCKED]);
  if (isMade(stamp, wanted, serverOutput())) return;
  await step('build the server', async () => {
    const names = sources.map((file) => relative(root, file));
    // No stamp, or one of another state: a build was cut short, and what tsc remembers of it cannot be
    // trusted.
    const isKnown = known !== undefined && known[1] === changeHash(serverOutput());
    if (!isKnown || known.slice(2).some((name) => !names.includes(name)))
      for (const part of ['apps', 'libs', 'prisma', '.tsbuildinfo'])
        rmSync(inRoot('dist', part), { recursive: true, force: true });
    rmSync(serverStamp, { force: true });
    await tool('typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
    copyAssets(names);
    writePackage();
    writeStamp(serverStamp, [wanted, changeHash(serverOutput()), ...names].join('\n'));
  });
}

/** What the server reads at run time beside its code, for example policy files. */
function copyAssets(names) {
  for (const name of names) {
    if (!/\.(ts|tsx|md|stamp)$/.test(name)) cpSync(inRoot(name), inRoot('dist', name));
  }
}

/**
 * dist is a package of its own: there #libs/* means what was built, as it means the sources outside.
 * One alias, no condition and no flag, for Node, tsc and every tool alike.
 */
function writePackage() {
  cpSync(inRoot('prisma'), inRoot('dist/prisma'), { recursive: true });
  const imports = { '#libs/*': './libs/*/index.js', '#prisma/*': './prisma/*' };
  writeFileSync(inRoot('dist/package.json'), JSON.stringify({ type: 'module', imports }, null, 2));
}

async function buildConsole() {
  const wanted = changeHash([...filesUnder(inRoot('apps/console')), ...LOCKED]);
  const { length } = consoleOutput();
  if (length > 0 && isMade(readIfAny(consoleStamp), wanted, consoleOutput())) return;
  await step('build the console', async () => {
    rmSync(consoleStamp, { force: true });
    await buildConsoleFiles();
    writeStamp(consoleStamp, `${wanted}\n${changeHash(consoleOutput())}`);
  });
}
