#!/usr/bin/env node
// What the libraries' public APIs have too much of:
// - exports of an index.ts that nobody outside of the library imports (its own specs do not count);
// - comments of one line that only repeat the name at which they stand;
// - with --splinters also files of at most 40 lines that one other file of the same folder imports alone. A
//   module, a controller and what only index.ts exports are none.
// Exits 1 for the first two.
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

// A comment that says no more than the name of what it stands at.
const STOP = new Set(
  'a an the of to for in on by with and or is are its it this that their as at one from every each'.split(
    ' ',
  ),
);
const stem = (word) =>
  word
    .toLowerCase()
    .replace(/ies$/, 'y')
    .replace(/(?:ing|ed|es|s)$/, '');
const COMMENTED =
  /^[ \t]*\/\*\* (.*?) ?\*\/\n[ \t]*(?:(?:export|abstract|async|readonly|static|override|private|const|class|interface|type|function) )*(\w+)/gm;

const echoes = files.flatMap((path) =>
  [...textOf.get(path).matchAll(COMMENTED)]
    .filter(([, comment, name]) => {
      const known = new Set(name.split(/(?=[A-Z])|_/).map(stem));
      const words = comment.split(/[^\p{L}\d]+/u).filter((word) => word !== '');
      return words.every((word) => STOP.has(word.toLowerCase()) || known.has(stem(word)));
    })
    .map(([, comment, name]) => `${path}: "${comment}" only repeats ${name}`),
);

const count = process.argv.includes('--splinters') ? splinters : [];
for (const line of [...unused, ...echoes, ...count]) console.log(line);
console.log(
  `${unused.length} exports that nobody outside imports, ${echoes.length} comments that repeat a name, ${splinters.length} splinters`,
);
process.exitCode = unused.length + echoes.length === 0 ? 0 : 1;
