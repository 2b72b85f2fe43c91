import { availableParallelism } from 'node:os';
import { capture } from './children.mjs';
import { inRoot, pinnedEnvironment, pinnedNode } from './paths.mjs';
import { say, seconds } from './progress.mjs';

const typeCheck = (project, info) => [
  'typescript/bin/tsc',
  '-p',
  project,
  '--noEmit',
  '--incremental',
  '--tsBuildInfoFile',
  `dist/${info}`,
];

// Properties are tried in full by `npm test`; here a tenth of the runs has to do.
const environment = () => ({ ...pinnedEnvironment(), PROPERTY_RUNS: 'few' });

/** Longest first, so that the short ones fill the gaps. */
function checks() {
  return [
    ['fast tests', 'vitest/vitest.mjs', 'run', '--project', 'fast'],
    ['types of the server', ...typeCheck('tsconfig.json', '.check.tsbuildinfo')],
    [
      'types of the console',
      ...typeCheck('apps/console/tsconfig.json', '.check-console.tsbuildinfo'),
    ],
    ['lint', 'oxlint/bin/oxlint', '--type-aware'],
    ['unused code', 'knip/bin/knip.js'],
    ['public APIs', '../tools/public-apis.mjs'],
    [
      'boundaries',
      'dependency-cruiser/bin/dependency-cruise.mjs',
      'apps',
      'libs',
      '--config',
      '.dependency-cruiser.mjs',
    ],
    [
      'format',
      'prettier/bin/prettier.cjs',
      '--check',
      '--cache',
      '--cache-strategy=content',
      '--cache-location=dist/.check-format',
      '.',
    ],
    ['spelling', '../tools/spelling.mjs'],
    ['generated files fresh', '../tools/generated.mjs', '--check'],
  ];
}

/** Runs every check, some at a time; true when all passed. */
export async function check() {
  const waiting = checks();
  const failures = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [title, script, ...args] = next;
      const started = Date.now();
      const program = inRoot('node_modules', script);
      const { code, output } = await capture(pinnedNode(), [program, ...args], environment());
      say(`  ${code === 0 ? '✓' : '✗'} ${title} (${seconds(started)})`);
      if (code !== 0) failures.push({ title, output });
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
  for (const { title, output } of failures) say(`\n── ${title}\n${output.trim()}`);
  if (failures.length > 0)
    say(`\n${failures.length} failed: ${failures.map((f) => f.title).join(', ')}`);
  return failures.length === 0;
}
