import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Manifest = Partial<Record<string, Record<string, string>>>;

const FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies'];

const namesIn = (path: string): string[] => {
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  return FIELDS.flatMap((field) => Object.keys(manifest[field] ?? {}));
};

describe('docs/dependencies.md', () => {
  it.each(['package.json', 'apps/console/package.json'])('has a line for each of %s', (path) => {
    const documented = readFileSync('docs/dependencies.md', 'utf8');
    const missing = namesIn(path).filter((name) => !documented.includes(`\`${name}\``));
    expect(missing).toEqual([]);
  });

  it('has no line for what is not used any more', () => {
    const rows = readFileSync('docs/dependencies.md', 'utf8').matchAll(/^\| (`[^|]+`) \|/gm);
    const documented = [...rows].flatMap(([, cell]) => [...cell!.matchAll(/`([^`]+)`/g)]);
    const used = new Set([...namesIn('package.json'), ...namesIn('apps/console/package.json')]);
    const stale = documented.map(([, name]) => name!).filter((name) => !used.has(name));
    expect(stale).toEqual([]);
  });
});
