import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const sources = ['apps/*/src', 'libs', 'tools', 'test'].flatMap((folder) =>
  globSync(`${folder}/**/*.{ts,mjs}`, { cwd: root, exclude: (name) => name === 'node_modules' }),
);

// A clone may be in a directory with a #, a ?, a % or a space in its name.
const TAKES_A_PATH_FOR_A_URL = [
  // Its pathname is percent-encoded: fileURLToPath, or import.meta.dirname.
  /new URL\([^()]*import\.meta\.url\)\.pathname/,
  // pathToFileURL.
  /['"`]file:\/\/(?:\$\{|['"`] *\+)/,
  // An absolute path is no specifier: pathToFileURL.
  /\bimport\((?:entry|path\b|file\b|join\(|resolve\(|inRoot\()/,
];

describe('a path of the clone', () => {
  it('is nowhere taken for a URL, nor a URL for a path', () => {
    expect(sources.length).toBeGreaterThan(500);
    const found = sources.filter((name) => {
      const text = readFileSync(join(root, name), 'utf8');
      return TAKES_A_PATH_FOR_A_URL.some((it) => it.test(text));
    });
    expect(found.filter((name) => !name.endsWith('odd-paths.spec.ts'))).toEqual([]);
  });
});
