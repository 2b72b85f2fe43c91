import { beforeAll, describe, expect, it } from 'vitest';
import { cpuOfThisThread } from '#libs/dev/testing';
import type { JsonObject } from '#libs/platform/kernel';
import { TaskTooLongError, ThreadPool } from '#libs/platform/threads';
import {
  checkInputSchema,
  checkPolicyText,
  extendPolicyText,
  readPublishedText,
} from './validate.js';
import { VALIDATION_TASKS } from './validation-tasks.js';

const WORKER = new URL('./validation-worker.js', import.meta.url);
const CATALOG = { tools: [], agents: [], teams: [], groups: [] };
const NOW = new Date('2030-01-01T00:00:00Z');
const check = (text: string) =>
  checkPolicyText({ text, catalog: CATALOG, context: { now: NOW }, holdAvailable: true });

const rule = (index: number, test: string): string =>
  `{ name: r${index}, effect: deny, agents: { all: true }, tools: { all: true }, reason: x, when: { arguments: { a: ${test} } } }`;
const policyOf = (count: number, test: string): string =>
  `rules: [\n ${Array.from({ length: count }, (_, index) => rule(index, test)).join(',\n ')}]`;

const LARGE = 259_000;
const upTo = (text: string): string => text.repeat(Math.ceil(LARGE / text.length)).slice(0, LARGE);
const LARGE_PATTERN = 'a{1000}'.repeat(71);
const HOSTILE: [string, string][] = [
  ['patterns that multiply', policyOf(400, `{ matches: "${LARGE_PATTERN}" }`)],
  ['patterns just within the bound', policyOf(1_500, '{ matches: "a{1000}a{900}" }')],
  ['patterns of Unicode classes', policyOf(500, `{ matches: "(?i)${'\\\\p{L}'.repeat(90)}" }`)],
  [
    'one pattern of the whole length',
    policyOf(1, `{ matches: "${upTo('a{1000}').slice(0, 250_000)}" }`),
  ],
  ['262,144 brackets', '['.repeat(262_144)],
  ['262,144 braces', '{'.repeat(262_144)],
  ['brackets inside a list', `rules: ${'['.repeat(250_000)}`],
  ['nested keys', upTo('a: ')],
  ['nested block lists', upTo('- ')],
  ['aliases', `a: &a [x]\nb: [${upTo('*a, ')}]`],
  ['anchors', upTo('&a ')],
  ['comments', upTo('#\n')],
  ['a key thousands of times', upTo('a: 1\n')],
  ['colons', upTo(':')],
  ['quotes', upTo('"')],
  ['an endless text', `rules: "${upTo('a')}`],
  ['tags', upTo('!a ')],
  ['a folded text', `rules: >\n${upTo(' a\n')}`],
];
const LARGE_SCHEMA: JsonObject = {
  type: 'object',
  properties: Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [
      `p${index}`,
      { pattern: `a{1000}b{${890 + index}}` },
    ]),
  ),
};

describe('a text that is checked', { timeout: 120_000 }, () => {
  // The threads load their files once.
  beforeAll(async () => {
    await check('rules: []');
  }, 120_000);

  it.each(HOSTILE)('costs the event loop next to nothing: %s (P13)', async (_, text) => {
    let checked: Awaited<ReturnType<typeof check>> | undefined;
    const cpuMs = await cpuOfThisThread(async () => (checked = await check(text)));
    expect(checked?.rules).toBeNull();
    expect(checked?.problems.length).toBeGreaterThan(0);
    expect(checked?.problems.length).toBeLessThanOrEqual(100);
    expect(cpuMs).toBeLessThan(50);
  });

  it('costs the event loop next to nothing if it is right, and long', async () => {
    const text = policyOf(1_200, '{ eq: x, absent: matches }');
    expect(text.length).toBeLessThan(262_144);
    // What is written in bulk comes back in bulk: copying it is all that is paid here.
    const { bindings } = await check(text);
    let rules: Awaited<ReturnType<typeof readPublishedText>> = null;
    const cpuMs = await cpuOfThisThread(async () => {
      rules = await readPublishedText({ text, bindings, holdAvailable: true });
    });
    expect(rules).toHaveLength(1_200);
    expect(cpuMs).toBeLessThan(50);
  });

  it('would cost a hundred times as much on the event loop (negative control)', async () => {
    const [, text = ''] = HOSTILE.find(([name]) => name === 'brackets inside a list') ?? [];
    const cpuMs = await cpuOfThisThread(async () =>
      VALIDATION_TASKS.checkPolicyText({
        text,
        catalog: CATALOG,
        context: { now: NOW },
        holdAvailable: true,
      }),
    );
    expect(cpuMs).toBeGreaterThan(100);
  });

  it('is told apart from what the thread said before', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => policyOf(1, `{ lt: ${index} }`));
    const answers = await Promise.all([...texts, '['].map((text) => check(text)));
    expect(answers.slice(0, -1).map(({ rules }) => rules?.[0]?.when)).toMatchObject(
      [...texts.keys()].map((operand) => ({
        tests: [{ test: { checks: [{ operator: 'lt', operand }] } }],
      })),
    );
    expect(answers.at(-1)?.rules).toBeNull();
  });
});

describe('a rule that is added to a long text', { timeout: 120_000 }, () => {
  const input = {
    text: policyOf(1_200, '{ eq: x, absent: matches }'),
    bindings: [],
    names: { agent: [], team: [], group: [], server: [] },
    rule: {
      name: '',
      effect: 'deny',
      agents: { all: true },
      tools: { all: true },
      when: { always: true },
      reason: 'x',
    },
    ruleNames: ['r7', 'r1199', 'new'],
  } as const;

  it('costs the event loop next to nothing (P13)', async () => {
    let extended: Awaited<ReturnType<typeof extendPolicyText>> = null;
    await extendPolicyText(input);
    const cpuMs = await cpuOfThisThread(async () => (extended = await extendPolicyText(input)));
    expect(extended).toMatchObject({ ruleName: 'new' });
    expect(cpuMs).toBeLessThan(50);
  });

  it('would cost ten times as much on the event loop (negative control)', async () => {
    const cpuMs = await cpuOfThisThread(async () => VALIDATION_TASKS.extendText(input));
    expect(cpuMs).toBeGreaterThan(50);
  });
});

describe("an upstream's schemas", { timeout: 120_000 }, () => {
  it('cost the event loop next to nothing each, however large their patterns (P13)', async () => {
    const TOOLS = 30;
    const cpuMs = await cpuOfThisThread(async () => {
      for (let i = 0; i < TOOLS; i += 1) expect(await checkInputSchema(LARGE_SCHEMA)).toEqual([]);
    });
    expect(cpuMs / TOOLS).toBeLessThan(5);
  });

  it('are not held to patterns that are too large, of which none is compiled', async () => {
    const pattern = 'a{1000}'.repeat(280);
    const schema = { type: 'object', properties: { a: { pattern } } };
    const cpuMs = await cpuOfThisThread(async () => {
      // It is left to the tool server.
      expect(VALIDATION_TASKS.checkInputSchema(schema)).toEqual([]);
    });
    expect(cpuMs).toBeLessThan(200);
  });
});

describe('the validation pool', { timeout: 120_000 }, () => {
  const limits = { cpuMs: 200, elapsedMs: 60_000, memoryMb: 256 };
  const [, endless = ''] = HOSTILE.find(([name]) => name === 'brackets inside a list') ?? [];
  const task = (text: string) => ({
    text: text.repeat(3),
    catalog: CATALOG,
    context: { now: NOW },
    holdAvailable: true,
  });
  const pool = new ThreadPool(WORKER, { limits, maxThreads: 1, maxWaiting: 2 });

  it('ends a task that exceeds its CPU, and does the next one', async () => {
    const slow = pool.run('checkPolicyText', task(endless));
    const next = pool.run('checkPolicyText', task('rules: []\n'));
    await expect(slow).rejects.toThrow(TaskTooLongError);
    expect(await next).toMatchObject({ rules: null });
  });

  it('ends a task that exceeds its memory', async () => {
    const small = new ThreadPool(WORKER, { limits: { ...limits, cpuMs: 60_000, memoryMb: 32 } });
    await expect(small.run('checkPolicyText', task(upTo('- [a]\n')))).rejects.toThrow(
      TaskTooLongError,
    );
  });

  it('has a thread that has begun to load before a task comes, also after one was ended', async () => {
    const fresh = new ThreadPool(WORKER, { limits, maxThreads: 1 });
    await fresh.start();
    expect(fresh.idleThreads).toBe(1);
    await expect(fresh.run('checkPolicyText', task(endless))).rejects.toThrow(TaskTooLongError);
    await new Promise((resolve) => setImmediate(resolve));
    expect(fresh.idleThreads).toBe(1);
    expect(await fresh.run('checkPolicyText', task('rules: []\n'))).toMatchObject({ rules: null });
  });

  it('says so when too many wait', async () => {
    const running = Array.from({ length: 3 }, () => pool.run('checkPolicyText', task('rules: []')));
    await expect(pool.run('checkPolicyText', task('rules: []'))).rejects.toMatchObject({
      code: 'unavailable',
    });
    await Promise.all(running);
  });
});
