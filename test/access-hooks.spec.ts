import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACCESS_ENDED as API_HOOKS } from '../apps/api/src/access-ended.js';
import { ACCESS_ENDED as WORKER_HOOKS } from '../apps/worker/src/access-ended.js';
import {
  modelsOf,
  ownerOf,
  productModels,
  productSources,
  writers,
  writesTable,
  writingFunctions,
  type Model,
} from './support/table-writers.js';

// A new table that names a person or an agent needs an answer to what becomes of its rows when their access
// ends: the owner's hook ends them, or a reason here says why there is nothing to end.

const RECORD = 'It says who did something; nobody has a right by it.';

const NOTHING_TO_END: Readonly<Record<string, string>> = {
  Alert: 'It stays until somebody else acknowledges it.',
  Binding: 'It is in force only while its agent is active, and goes when the agent is retired.',
  GroupMapping: RECORD,
  GroupMember:
    'What a group gives is valid only for people who are active; SCIM says who is in it.',
  KillSwitch: RECORD,
  McpSession: 'It gives no right: each of its requests is authenticated by its token.',
  PersonIdentity: 'Signing in asks whether the person is active.',
  Person: 'Who added somebody is a record, and gives no right.',
  PersonRole:
    'A role is valid only for people who are active; enabled again they have it, in its cooling-off period.',
  PersonTeam: 'It shows a developer what is their team’s; nobody signs in who is inactive.',
  ReceivedSignal: RECORD,
  RemovedBinding: 'It says what an agent was bound to, and gives no right.',
  ScimAgent: 'It is what a provisioning client says of an agent, and gives no right.',
  ScimToken: RECORD,
  ScimUser: 'It is what a provisioning client says of a person, and gives no right.',
  Team: 'An heir who is inactive inherits nothing: the orphan rule looks at it.',
  Tool: RECORD,
  ToolServer: 'Its owner drafts access grants only while they are active.',
  UnregisteredAgent: RECORD,
};

const NAMES_SOMEBODY = /^(?:person|agent|owner|\w+By)Ids?$|^concernedIds$/;

const namesSomebody = ({ fields }: Model): boolean =>
  fields.some(
    ({ name, type, isRelation }) =>
      (isRelation && (type === 'Person' || type === 'Agent')) || NAMES_SOMEBODY.test(name),
  );

const sources = productSources();
const textOf = new Map(sources.map(({ path, text }) => [path, text]));

// The hook's file, and what it imports of its own library.
const hookFiles = (library: string): string[] => {
  const found = new Set<string>();
  const visit = (path: string): void => {
    const text = textOf.get(path);
    if (text === undefined || found.has(path)) return;
    found.add(path);
    for (const [, target = ''] of text.matchAll(/^import \{[^}]*\} from '(\.[^']*)\.js';/gm))
      visit(normalize(join(dirname(path), `${target}.ts`)));
  };
  visit(`${library}/access-ended.ts`);
  return [...found];
};

const models = productModels();
const functions = writingFunctions(models);

/** What is neither ended by its owner's hook nor explained, or explained without need. */
const unexplained = (all: readonly Model[]): string[] =>
  all.flatMap((model) => {
    if (!namesSomebody(model) && NOTHING_TO_END[model.name] === undefined) return [];
    const [owner] = writers(model, all, sources, functions);
    const files = owner === undefined ? [] : hookFiles(owner);
    const hook = sources.filter(({ path }) => files.includes(path));
    const isEnded = hook.some(writesTable(model, all, functions));
    const reason = NOTHING_TO_END[model.name];
    if (namesSomebody(model) && !isEnded && reason === undefined)
      return [`${model.name}: end it in ${owner ?? 'its library'}/access-ended.ts, or say why not`];
    if (reason !== undefined && (isEnded || !namesSomebody(model)))
      return [`${model.name}: explained, and needs no explanation`];
    return [];
  });

describe('a table that names a person or an agent', () => {
  it('is looked at', () => {
    expect(models.filter(namesSomebody).length).toBeGreaterThan(20);
  });

  it('is ended by its owner’s hook, or says why not', () => {
    expect(unexplained(models)).toEqual([]);
  });

  it.each([
    ['by a relation', 'agent Agent @relation(fields: [a], references: [id])'],
    ['by a column', 'personId String @db.Uuid'],
  ])('is noticed when it is new: %s', (_, field) => {
    const planted = modelsOf(`model Planted {\n  id String @id\n  ${field}\n}\n`);
    expect(unexplained([...models, ...planted])).toEqual([
      expect.stringContaining('Planted: end it in'),
    ]);
  });

  it('is explained only if there is such a model', () => {
    const names = new Set(models.map(({ name }) => name));
    expect(Object.keys(NOTHING_TO_END).filter((name) => !names.has(name))).toEqual([]);
  });
});

describe('every hook', () => {
  const libraries = sources
    .filter(({ path }) => /^libs\/.*\/access-ended\.ts$/.test(path))
    .map(({ path }) => ownerOf(path));

  it('is part of its library’s public API', () => {
    expect(libraries.length).toBeGreaterThan(4);
    for (const library of libraries)
      expect(textOf.get(`${library}/index.ts`)).toContain("from './access-ended.js'");
  });

  it('is in the list of each process that runs commands, in the same order', () => {
    // The last undoes what was done in an emergency, as this process's commands say (test/emergency-rules.db.spec.ts).
    expect(WORKER_HOOKS.slice(0, -1)).toEqual(API_HOOKS.slice(0, -1));
    expect(API_HOOKS).toHaveLength(libraries.length + 1);
    for (const app of ['api', 'worker']) {
      const list = readFileSync(`apps/${app}/src/access-ended.ts`, 'utf8');
      for (const library of libraries) expect(list).toContain(`'#${library}'`);
      expect(list).toMatch(/undoEmergencyChanges\([A-Z_]+\),\n\]/);
    }
  });
});
