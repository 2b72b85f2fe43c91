// Keeps the words that docs/glossary.md replaced from coming back: `node tools/spelling.mjs`.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { inRoot } from './lib/paths.mjs';
import { findWords } from './lib/spelling.mjs';

const TEXT = /\.(?:[cm]?[jt]sx?|md|json|ya?ml|prisma|sql|sh)$/;
// What names the old words on purpose, and what other people wrote.
const SKIPPED = new Set([
  'CHANGELOG.md',
  'package-lock.json',
  'test/spelling.spec.ts',
  'tools/spelling.words.json',
]);

const OTHERS_TEXTS = 'test/corpus/lists/';

const tracked = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  {
    cwd: inRoot(),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  },
)
  .split('\0')
  .filter((path) => TEXT.test(path) && !SKIPPED.has(path) && !path.startsWith(OTHERS_TEXTS));

/** A file that was deleted and not committed yet has no words. */
function read(path) {
  try {
    return readFileSync(inRoot(path), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

const found = tracked.flatMap((path) => {
  const text = read(path);
  return text === null ? [] : findWords(path, text);
});
for (const { path, line, word, better } of found) {
  process.stdout.write(`${path}:${line} “${word}”: say ${better}\n`);
}
if (found.length > 0) {
  process.stdout.write(
    `${found.length} old words. The words are in tools/spelling.words.json, ours in docs/glossary.md.\n`,
  );
  process.exitCode = 1;
}
