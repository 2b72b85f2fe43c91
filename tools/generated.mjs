#!/usr/bin/env node
// Writes what is made from code: docs/openapi.json from the API's routes and the console's types from
// that. With --check it only compares, and says what is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { capture } from './lib/children.mjs';
import { inRoot, pinnedEnvironment, pinnedNode, readIfAny } from './lib/paths.mjs';

const checkOnly = process.argv.includes('--check');
const DOCUMENT = inRoot('docs/openapi.json');
const TYPES = inRoot('apps/console/src/api/schema.d.ts');
const BANNER = '// Generated from docs/openapi.json by tools/generated.mjs; not for editing.\n\n';

/** The document is a file snapshot of the API's spec, because Vitest compiles Nest's decorators. */
async function document() {
  const spec = 'apps/api/src/openapi.spec.ts';
  const args = [inRoot('node_modules/vitest/vitest.mjs'), 'run', '--project', 'fast', spec];
  const { code, output } = await capture(
    pinnedNode(),
    checkOnly ? args : [...args, '--update'],
    // Never let a stale document be written by a check.
    { ...pinnedEnvironment(), CI: checkOnly ? 'true' : '' },
  );
  if (code !== 0) throw new Error(output.trim());
}

async function consoleTypes() {
  const tree = await openapiTS(JSON.parse(readFileSync(DOCUMENT, 'utf8')), { alphabetize: true });
  const text = BANNER + astToString(tree);
  if (readIfAny(TYPES) === text) return;
  if (checkOnly) throw new Error(`${TYPES} is stale: run node tools/generated.mjs`);
  writeFileSync(TYPES, text);
}

try {
  await document();
  await consoleTypes();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
