import { describe, expect, it } from 'vitest';
import {
  mayWrite,
  modelsOf,
  productModels,
  productSources,
  writersOf,
  writingFunctions,
} from './support/table-writers.js';

// Each table has one library that writes it: code elsewhere that needs a row of it calls that library.

const models = productModels();
const functions = writingFunctions(models);
const all = productSources();
const sources = all.filter(mayWrite);

const notOwned = (writers: ReadonlyMap<string, readonly string[]>): string[] =>
  [...writers]
    .filter(([, libraries]) => libraries.length !== 1)
    .map(([model, libraries]) =>
      libraries.length === 0
        ? `${model}: nobody writes it`
        : `${model}: written by ${libraries.join(' and ')}`,
    );

describe('every table', () => {
  it('is looked at', () => {
    expect(models.length).toBeGreaterThan(35);
    expect(all.length).toBeGreaterThan(500);
    expect([...functions.keys()].toSorted()).toEqual([
      'binding_is_remembered',
      'binding_leaves_its_client',
      'epoch_move',
      'ledger_append',
      'tool_take_over',
      'unregistered_agent_trim',
    ]);
  });

  it('is written by exactly one library', () => {
    expect(notOwned(writersOf(models, sources, functions))).toEqual([]);
  });

  it('is never written by an app', () => {
    const writers = [...writersOf(models, sources, functions).values()].flat();
    expect(writers.filter((library) => library.startsWith('apps/'))).toEqual([]);
  });
});

describe('the test of owners', () => {
  const planted = (path: string, text: string) =>
    notOwned(writersOf(models, [...sources, { path, text }], functions));

  it.each([
    ['the client', 'await tx.personRole\n  .createMany({ data });', 'PersonRole'],
    ['a nested write', 'data: { roles: { create: [{ role }] } }', 'PersonRole'],
    ['an INSERT', 'tx.$executeRaw`INSERT INTO "delegation" (id) VALUES (1)`', 'Delegation'],
    ['an UPDATE', 'tx.$executeRaw`UPDATE agent AS a SET state = 1`', 'Agent'],
    ['a DELETE', 'tx.$queryRaw`DELETE FROM console_session`', 'ConsoleSession'],
    ['a function of the database', 'tx.$queryRaw`SELECT epoch_move(true, true)`', 'Epoch'],
  ])('notices a second writer by %s', (_, text, model) => {
    expect(planted('libs/oversight/planted/planted.ts', text)).toEqual([
      expect.stringMatching(new RegExp(`^${model}: written by .*libs/oversight/planted`)),
    ]);
  });

  it('takes reading and locking for no write', () => {
    const text = 'tx.agent.findMany({}); tx.$queryRaw`SELECT 1 FROM agent FOR UPDATE`';
    expect(planted('libs/oversight/planted/planted.ts', text)).toEqual([]);
  });

  it('notices a model that nobody writes', () => {
    const more = [
      ...models,
      ...modelsOf('model Planted {\n  id String @id\n\n  @@map("planted")\n}\n'),
    ];
    expect(notOwned(writersOf(more, sources, functions))).toEqual(['Planted: nobody writes it']);
  });
});
