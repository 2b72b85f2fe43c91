import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const SUITE = fileURLToPath(import.meta.resolve('@modelcontextprotocol/conformance/dist/index.js'));
const SCENARIO_TIMEOUT_MS = 15_000;

/** The revisions of MCP that the suite has requirements for. */
export const REVISIONS = ['2025-11-25', '2026-07-28'] as const;
export type Revision = (typeof REVISIONS)[number];

/** What became of one scenario: how many of its checks did well, and which did not. */
export interface ScenarioResult {
  passed: number;
  failed: string[];
}

/** The results of a run by scenario; one that ended without a word has no passed check. */
export type SuiteResults = Map<string, ScenarioResult>;

interface Check {
  id: string;
  status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO';
  errorMessage?: string;
}

/** The scenarios for servers that count for a revision, and those that only run. */
export const requirementsOf = (revision: Revision): { scored: string[]; unscored: string[] } => {
  const path = join(dirname(SUITE), '..', 'requirements', `${revision}.yaml`);
  const { server, not_scored } = parse(readFileSync(path, 'utf8')) as {
    server: string[];
    not_scored: { scenario: string; leg: string }[];
  };
  const unscored = not_scored.filter(({ leg }) => leg === 'server');
  return { scored: server, unscored: unscored.map(({ scenario }) => scenario) };
};

/** Runs what a revision requires of a server against one. */
export const runSuite = async (url: string, revision: Revision): Promise<SuiteResults> => {
  const directory = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    const args = ['server', '--url', url, '--requirements', revision, '-o', directory];
    const timeout = ['--timeout', String(SCENARIO_TIMEOUT_MS)];
    const child = spawn(process.execPath, [SUITE, ...args, ...timeout], { stdio: 'ignore' });
    await once(child, 'exit');
    return readResults(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

const readResults = (directory: string): SuiteResults =>
  new Map(
    globSync(join(directory, 'server-*')).map((path) => [
      basename(path).replace(/^server-(.*)-\d{4}-\d\d-\d\dT.*$/, '$1'),
      resultOf(join(path, 'checks.json')),
    ]),
  );

const resultOf = (path: string): ScenarioResult => {
  const checks = readChecks(path);
  const failed = checks.filter(({ status }) => status === 'FAILURE');
  return {
    passed: checks.filter(({ status }) => status === 'SUCCESS').length,
    failed: failed.map(({ id, errorMessage }) => `${id}: ${errorMessage ?? ''}`),
  };
};

// A scenario that ran out of time leaves no file.
const readChecks = (path: string): Check[] => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Check[];
  } catch {
    return [];
  }
};
