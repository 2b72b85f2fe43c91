import { describe, expect, it } from 'vitest';

import { importDocument } from './import-document.js';

const OPTIONS = { baseUrl: 'https://service.example/' };
const read = (text: string) => importDocument(new TextEncoder().encode(text), OPTIONS);

const YAML = `openapi: 3.0.3
x-common: &text { type: string, description: &words Some text. }
paths:
  /a/{id}:
    get:
      operationId: a
      description: *words
      parameters:
        - { name: id, in: path, required: true, schema: { <<: *text, maxLength: 3 } }
        - { name: n, in: query, schema: { type: integer, maximum: 12345678901234567890, minimum: 0x10, enum: [yes, 1.50] } }
`;

describe('reading an OpenAPI document off the event loop', { timeout: 120_000 }, () => {
  it('takes YAML 1.2: aliases, merged keys, numbers with their digits, and no other words for true', async () => {
    const { tools, problems } = await read(YAML);
    expect(problems).toEqual([]);
    expect(tools[0]).toMatchObject({
      name: 'a',
      description: 'Some text.',
      inputSchema: {
        properties: {
          id: { type: 'string', maxLength: 3 },
          n: {
            maximum: { 'x-gatehouse-exact-number': '12345678901234567890' },
            minimum: 16,
            enum: ['yes', 1.5],
          },
        },
      },
    });
  });

  const laughs = (levels: number): string =>
    Array.from({ length: levels }, (_, level) =>
      level === 0
        ? 'a0: &a0 [x]'
        : `a${String(level)}: &a${String(level)} [${`*a${String(level - 1)}, `.repeat(10)}]`,
    ).join('\n');

  it.each([
    ['a billion laughs', laughs(10), /aliases followed/],
    ['an alias of what it is in', 'a: &a { b: *a }', /aliases followed|anchor/i],
    ['too many aliases', `a: &a x\nb: [${'*a, '.repeat(10_001)}]`, /aliases/i],
    ['lists without end, in YAML', `a: ${'['.repeat(100_000)}`, /nest|depth/i],
    ['lists without end, in JSON', '['.repeat(100_000), /nested deeper/],
    ['JSON that ends early', '{"openapi": "3.0.3",', /not JSON/],
    ['no document', '"a', /neither JSON nor YAML/],
    ['infinity', 'a: .inf', /number/],
    ['a name of ours', 'x-gatehouse-exact-number: "1"', /cannot be stored/],
    ['a tag', 'a: !!js/function x', /neither JSON nor YAML/],
  ])('rejects %s', async (_what, text, message) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(read(text)).rejects.toThrow(message);
  });

  it('rejects bytes that are not UTF-8', async () => {
    await expect(importDocument(new Uint8Array([0xff, 0x7b]), OPTIONS)).rejects.toThrow(/UTF-8/);
  });

  const operations = (count: number): string =>
    Array.from(
      { length: count },
      (_, index) =>
        `  /a${String(index)}:\n    post: { requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/S" } } } } }\n`,
    ).join('');
  const members = Array.from({ length: 300 }, (_, index) => `        p${String(index)}: { type: string }\n`).join(''); // prettier-ignore

  it('costs the event loop next to nothing, however large the document is (P13)', async () => {
    const text = `openapi: 3.0.3\npaths:\n${operations(300)}components:\n  schemas:\n    S:\n      type: object\n      properties:\n${members}`;
    await read('openapi: 3.0.3\npaths: {}');
    let longestMs = 0;
    const cpuMsNow = (): number => {
      const { user, system } = process.threadCpuUsage();
      return (user + system) / 1000;
    };
    let last = cpuMsNow();
    const timer = setInterval(() => {
      longestMs = Math.max(longestMs, cpuMsNow() - last);
      last = cpuMsNow();
    }, 0);
    const bytes = new TextEncoder().encode(text);
    const found = (await importDocument(bytes, OPTIONS)).tools.length;
    clearInterval(timer);
    expect(found).toBe(300);
    // Parsing what came back, tool by tool, is all that is paid here; that much at a time.
    expect(longestMs).toBeLessThan(50);
  });
});
