// Finds old words by kind: exact names anywhere, phrases in prose and messages, and plain English words
// only where they are part of an identifier or of a file's name.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';

const WORDS = JSON.parse(readFileSync(inRoot('tools/spelling.words.json'), 'utf8'));
const CODE = /\.(?:[cm]?[jt]s|tsx)$/;
const GENERATED = new Set([
  'docs/openapi.json',
  'docs/api-reference.md',
  'apps/console/src/api/schema.d.ts',
]);

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const alternatives = (words) =>
  Object.keys(words)
    .toSorted((a, b) => b.length - a.length)
    .map(escaped);

// A name ends where an identifier, a path or a kebab-case word ends.
const NAMES = new RegExp(
  `(?<![A-Za-z0-9-])(?:${alternatives(WORDS.names).join('|')})(?![A-Za-z0-9-])`,
  'g',
);

// A phrase may be broken over lines of a comment, and begins a sentence as well as not.
const between = '(?:\\s|\\*|//)+';
const PHRASES = new RegExp(
  `(?<![\\w-])(?:${alternatives(WORDS.phrases)
    .map((phrase) => phrase.replaceAll(' ', between))
    .join('|')})(?![\\w-])`,
  'gi',
);

/** `readLaidBatch`, `read-laid-batch` and `READ_LAID_BATCH` are the words read, laid, batch. */
export const wordsOf = (name) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

const OLD_PARTS = Object.keys(WORDS.identifiers).map((word) => ({ word, parts: word.split(' ') }));
const startsAt = (words, parts, at) =>
  parts.every((part, index) => words[at + index] === part || words[at + index] === `${part}s`);

const oldWordIn = (name) => {
  const words = wordsOf(name);
  return OLD_PARTS.find(({ parts }) => words.some((_, at) => startsAt(words, parts, at)))?.word;
};

// Whether parsing the file is worth it; a false alarm costs only time.
const MAYBE = new RegExp(
  OLD_PARTS.map(({ parts }) => parts.map((part) => `${escaped(part)}s?`).join('[_-]?')).join('|'),
  'i',
);

let typescript;
const parser = () => (typescript ??= createRequire(inRoot('package.json'))('typescript'));

/** Identifiers and keys of the code; imported packages' own names come with them and can be allowed. */
function identifiersOf(path, text) {
  const ts = parser();
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const found = [];
  const visit = (node) => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node))
      found.push({ name: node.text, at: node.end });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const isAllowed = (path, word) =>
  WORDS.allowed.some(
    (one) =>
      one.word.toLowerCase() === word.toLowerCase() &&
      one.in.some((prefix) => path.startsWith(prefix)),
  );

/** The old words of one file, with the line and what to say instead. */
export function findWords(path, text) {
  const found = [];
  const add = (at, word, better) => {
    if (isAllowed(path, word)) return;
    found.push({ path, line: text.slice(0, at).split('\n').length, word, better });
  };
  for (const match of text.matchAll(NAMES)) add(match.index, match[0], WORDS.names[match[0]]);
  for (const match of text.matchAll(PHRASES)) {
    const phrase = match[0].toLowerCase().replace(/(?:\s|\*|\/\/)+/g, ' ');
    add(match.index, phrase, WORDS.phrases[phrase]);
  }
  const fileWord = oldWordIn(path);
  if (fileWord !== undefined) add(0, fileWord, WORDS.identifiers[fileWord]);
  if (CODE.test(path) && !GENERATED.has(path) && MAYBE.test(text)) {
    for (const { name, at } of identifiersOf(path, text)) {
      const word = oldWordIn(name);
      if (word !== undefined) add(at, word, WORDS.identifiers[word]);
    }
  }
  return found;
}
