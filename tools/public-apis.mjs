#!/usr/bin/env node
// Which exports of the libraries' index.ts nobody outside of the library imports, and which files are
// splinters: at most 40 lines, imported by one other file only, of the same folder (a module, a controller and
// what index.ts alone exports are none). Apps, other libraries
// and test/ count as outside; a library's own specs do not. Exits 1 when an export is unused.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const SPLINTER_LINES = 40;
const IMPORT =
  /(?:import|export)\s+(?:type\s+)?(\{[^}]*\}|\*(?:\s+as\s+\w+)?|\w+)\s+from\s+'([^']+)'/g;
const DYNAMIC = /import\('([^']+)'\)/g;

const files = globSync('{libs,apps,test}/**/*.ts').filter(
  (path) => !/\/generated\/|^apps\/console\/|node_modules/.test(path),
);
const textOf = new Map(files.map((path) => [path, readFileSync(path, 'utf8')]));
const isTest = (path) => /\.spec\.ts$|\.fixture\.ts$|\/fixtures\/|^test\//.test(path);

/** The names in `{ a, type b, c as d }`: how they are called where they come from, and here. */
const namesIn = (clause) =>
  clause
    .replace(/^\{|\}$/g, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .split(',')
    .map((part) => part.trim().replace(/^type\s+/, ''))
    .filter((part) => part !== '')
    .map((part) => part.split(/\s+as\s+/))
    .map(([theirs, ours = theirs]) => ({ theirs, ours }));

const target = (from, specifier) => {
  if (specifier.startsWith('#libs/')) return `libs/${specifier.slice(6)}/index.ts`;
  if (!specifier.startsWith('.')) return undefined;
  return normalize(join(dirname(from), specifier)).replace(/\.js$/, '.ts');
};

const importsOf = (path) => [
  ...[...textOf.get(path).matchAll(IMPORT)].map(([, clause, specifier]) => ({
    names: clause.startsWith('{') ? namesIn(clause).map(({ theirs }) => theirs) : ['*'],
    file: target(path, specifier),
  })),
  ...[...textOf.get(path).matchAll(DYNAMIC)].map(([, specifier]) => ({
    names: ['*'],
    file: target(path, specifier),
  })),
];

const imports = new Map(files.map((path) => [path, importsOf(path)]));

const unused = globSync('libs/*/*/index.ts').flatMap((index) => {
  const library = `${dirname(index)}/`;
  const used = new Set(
    [...imports]
      .filter(([path]) => !path.startsWith(library))
      .flatMap(([, list]) => list.filter(({ file }) => file === index))
      .flatMap(({ names }) => names),
  );
  if (used.has('*')) return [];
  return [...textOf.get(index).matchAll(IMPORT)]
    .filter(([statement, clause]) => statement.startsWith('export') && clause.startsWith('{'))
    .flatMap(([statement, clause]) =>
      namesIn(clause).map(({ ours }) => ({
        name: ours,
        isType:
          /^export\s+type/.test(statement) || new RegExp(`\\btype\\s+${ours}\\b`).test(clause),
      })),
    )
    .filter(({ name }) => !used.has(name))
    .map(({ name, isType }) => `${index}: ${isType ? 'type ' : ''}${name}`);
});

const importersOf = (file) =>
  [...imports]
    .filter(([path, list]) => !isTest(path) && list.some((one) => one.file === file))
    .map(([path]) => path);

const splinters = files
  .filter((path) => path.startsWith('libs/') && !isTest(path) && !path.endsWith('/index.ts'))
  .filter((path) => textOf.get(path).trimEnd().split('\n').length <= SPLINTER_LINES)
  .flatMap((path) => {
    const importers = importersOf(path);
    const [only] = importers;
    const isSplinter =
      importers.length === 1 && dirname(only) === dirname(path) && !only.endsWith('/index.ts');
    return isSplinter && !/\.(module|controller)\.ts$/.test(path) ? [`${path} < ${only}`] : [];
  });

const count = process.argv.includes('--splinters') ? splinters : [];
for (const line of [...unused, ...count]) console.log(line);
console.log(`${unused.length} exports that nobody outside imports, ${splinters.length} splinters`);
process.exitCode = unused.length === 0 ? 0 : 1;
