#!/usr/bin/env node
// Writes what is made from code: docs/commands.md from the commands' declarations, docs/openapi.json from the
// API's routes, and from that the console's types and docs/api-reference.md. With --check it only compares, and
// says what is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { apiReference } from './lib/api-reference.mjs';
import { capture } from './lib/children.mjs';
import { inRoot, pinnedEnvironment, pinnedNode, readIfAny } from './lib/paths.mjs';

const checkOnly = process.argv.includes('--check');
const DOCUMENT = inRoot('docs/openapi.json');
const TYPES = inRoot('apps/console/src/api/schema.d.ts');
const REFERENCE = inRoot('docs/api-reference.md');
const BANNER = '// Generated from docs/openapi.json by tools/generated.mjs; not for editing.\n\n';

/** Both are file snapshots of specs, because Vitest compiles Nest's decorators. */
async function snapshots() {
  const specs = ['apps/api/src/openapi.spec.ts', 'test/command-table.spec.ts'];
  const args = [inRoot('node_modules/vitest/vitest.mjs'), 'run', '--project', 'fast', ...specs];
  const { code, output } = await capture(
    pinnedNode(),
    checkOnly ? args : [...args, '--update'],
    // Never let a stale document be written by a check.
    { ...pinnedEnvironment(), CI: checkOnly ? 'true' : '' },
  );
  if (code !== 0) throw new Error(output.trim());
}

function keep(path, text) {
  if (readIfAny(path) === text) return;
  if (checkOnly) throw new Error(`${path} is stale: run node tools/generated.mjs`);
  writeFileSync(path, text);
}

async function consoleTypes(openApi) {
  const tree = await openapiTS(openApi, { alphabetize: true });
  keep(TYPES, BANNER + astToString(tree));
}

try {
  await snapshots();
  const openApi = JSON.parse(readFileSync(DOCUMENT, 'utf8'));
  keep(REFERENCE, apiReference(openApi));
  await consoleTypes(openApi);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
