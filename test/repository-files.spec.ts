import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const read = (path: string): string => readFileSync(path, 'utf8');
const json = (path: string): unknown => JSON.parse(read(path));

interface Workflow {
  permissions?: Record<string, string>;
  jobs: Record<string, { permissions?: unknown; steps: { uses?: string }[] }>;
}

interface NestCli {
  root: string;
  projects: Record<string, { root: string; sourceRoot: string; entryFile: string }>;
}

describe('.github/CODEOWNERS', () => {
  const paths = read('.github/CODEOWNERS')
    .split('\n')
    .filter((line) => line.startsWith('/'))
    .map((line) => line.split(/\s+/)[0]!.slice(1));

  it('names nothing that does not exist', () => {
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  it.each(['libs', 'apps'])('names everything in %s', (folder) => {
    const there = readdirSync(folder).map((name) => `${folder}/${name}/`);
    expect(there.filter((path) => !paths.includes(path))).toEqual([]);
  });
});

describe.each(globSync('.github/workflows/*.yml'))('%s', (path) => {
  const workflow = parse(read(path)) as Workflow;

  it('may read the repository and do nothing else', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(Object.values(workflow.jobs).filter((job) => job.permissions !== undefined)).toEqual([]);
    expect(read(path)).not.toMatch(/secrets\.|pull_request_target|workflow_run/);
  });

  it('pins each action to a commit, with its version beside it', () => {
    const used = Object.values(workflow.jobs).flatMap(({ steps }) =>
      steps.flatMap((s) => s.uses ?? []),
    );
    const pinned = read(path).match(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/gm) ?? [];
    expect(used.length).toBeGreaterThan(0);
    expect(pinned).toHaveLength(used.length);
  });
});

describe('the version of Node', () => {
  const { optionalDependencies } = json('package.json') as {
    optionalDependencies: Record<string, string>;
  };
  const installed = Object.entries(optionalDependencies).filter(([name]) =>
    name.startsWith('node-'),
  );

  it('is the same in .nvmrc, in the packages of Node and in the container', () => {
    const version = read('.nvmrc').trim();
    expect(new Set(installed.map(([, wanted]) => wanted))).toEqual(new Set([version]));
    const { image } = json('.devcontainer/devcontainer.json') as { image: string };
    expect(image).toBe(`node:${version}-bookworm`);
  });
});

describe('package-lock.json', () => {
  // npm install leaves out an optional package that the registry lacks; npm ci then rejects the whole file.
  it('has an entry for every optional package', () => {
    const { packages } = json('package-lock.json') as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const listed = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)));
    const named = Object.values(packages).flatMap((entry) =>
      Object.keys(entry.optionalDependencies ?? {}),
    );
    expect(named.filter((name) => !listed.has(name))).toEqual([]);
  });
});

describe('nest-cli.json', () => {
  const { root, projects } = json('nest-cli.json') as NestCli;

  it('lists every app that is started, with an entry that exists', () => {
    const apps = globSync('apps/*/src/main.ts').map((path) => path.split('/')[1]!);
    expect(Object.keys(projects).toSorted()).toEqual(apps.toSorted());
    for (const [name, project] of Object.entries(projects)) {
      expect(project.root).toBe(`apps/${name}`);
      expect(existsSync(`${project.sourceRoot}/${project.entryFile}.ts`)).toBe(true);
    }
    expect(Object.values(projects).map((project) => project.root)).toContain(root);
  });
});
