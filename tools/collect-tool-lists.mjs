#!/usr/bin/env node
// Collects the tool lists of real MCP servers for test/corpus: `node tools/collect-tool-lists.mjs [name…]`.
// Each server is installed from the npm registry into a temporary directory, without its install scripts, started
// over stdio with made-up credentials in an empty home directory, and asked for its tools. Nothing is called.
// --keep=DIRECTORY installs there, and uses again what is installed there.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SERVERS } from './corpus/servers.mjs';
import { listTools } from './corpus/stdio-client.mjs';
import { inRoot } from './lib/paths.mjs';

const START_TIMEOUT_MS = 60_000;
/** Where the servers believe to run: some describe their directory. */
const NEUTRAL = '/srv/work';

const keep = process.argv.find((word) => word.startsWith('--keep='))?.slice('--keep='.length);
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const names = wanted.length > 0 ? wanted : Object.keys(SERVERS);
const directory = keep ?? mkdtempSync(join(tmpdir(), 'tool-lists-'));

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

function installed(name, packageName) {
  const home = join(directory, name);
  const manifest = join(home, 'node_modules', packageName, 'package.json');
  if (!existsSync(manifest)) {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), '{"private":true}');
    const args = [
      'install',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--silent',
      packageName,
    ];
    execFileSync('npm', args, { cwd: home, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return { root: dirname(manifest), manifest: readJson(manifest) };
}

function entryOf({ root, manifest }) {
  const { bin } = manifest;
  return join(root, typeof bin === 'string' ? bin : Object.values(bin)[0]);
}

async function collect(name) {
  const server = SERVERS[name];
  const found = installed(name, server.package);
  const home = join(directory, name, 'home');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  for (const [path, text] of Object.entries(server.files ?? {})) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  }
  const { serverInfo, tools } = await listTools({
    command: process.execPath,
    args: [entryOf(found), ...(server.args ?? [])],
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home, DO_NOT_TRACK: '1', ...server.env },
    timeoutMs: START_TIMEOUT_MS,
  });
  const { version } = found.manifest;
  const collected = new Date().toISOString().slice(0, 10);
  const list = { package: server.package, version, collected, serverInfo, tools };
  const text = withoutMachine(JSON.stringify(list).replaceAll(home, NEUTRAL));
  if (text.includes(directory)) throw new Error('its list has a path of this machine');
  writeFileSync(inRoot(`test/corpus/lists/${name}.json`), `${text}\n`);
  return { name, package: server.package, version, licence: licenceOf(found), tools: tools.length };
}

/** Desktop Commander tells which folders of the machine it sees. */
function withoutMachine(text) {
  const folders = ['/mnt', '/home']
    .filter((path) => existsSync(path))
    .flatMap((path) => readdirSync(path));
  const patterns = folders.map(
    (name) => new RegExp(`(/mnt/|/home/|[Ff]older: )${RegExp.escape(name)}\\b`, 'g'),
  );
  return patterns.reduce((rest, pattern) => rest.replaceAll(pattern, '$1work'), text);
}

/** What the package says of itself, or the first line of its licence. */
function licenceOf({ root, manifest }) {
  if (typeof manifest.license === 'string' && !manifest.license.startsWith('SEE '))
    return manifest.license;
  const [file] = globSync('{LICENSE,LICENCE,license}*', { cwd: root });
  if (file === undefined) return manifest.license ?? 'none stated';
  const line = readFileSync(join(root, file), 'utf8')
    .split('\n')
    .find((text) => text.trim() !== '');
  return `${file}: ${line.trim().slice(0, 200)}`;
}

mkdirSync(inRoot('test/corpus/lists'), { recursive: true });
const indexPath = inRoot('test/corpus/index.json');
const index = new Map(
  existsSync(indexPath) ? readJson(indexPath).map((one) => [one.name, one]) : [],
);
try {
  for (const name of names) {
    try {
      const entry = await collect(name);
      index.set(name, entry);
      console.log(`${name}: ${entry.tools} tools of ${entry.package} ${entry.version}`);
    } catch (error) {
      process.exitCode = 1;
      console.log(`${name}: ${error.message}`);
    }
  }
  const rows = [...index.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  writeFileSync(indexPath, `${JSON.stringify(rows, null, 2)}\n`);
  console.log(`${rows.length} servers, ${rows.reduce((sum, { tools }) => sum + tools, 0)} tools`);
} finally {
  if (keep === undefined) rmSync(directory, { recursive: true, force: true });
}
