import { describe, expect, it } from 'vitest';
import { classifyUndecided } from '../catalog.rules.js';
import { describeRejected, validateTools, type DiscoveredTool } from './validate-tools.js';

const tool = (over: Partial<DiscoveredTool>): DiscoveredTool => ({
  name: 'echo',
  title: null,
  description: null,
  inputSchema: { type: 'object' },
  outputSchema: null,
  annotations: {},
  otherFields: {},
  classification: 'write',
  operation: null,
  definitionDigest: 'a'.repeat(64),
  ...over,
});

describe('sifting what a tool server offers', () => {
  it('keeps what can be pinned', async () => {
    const offered = [tool({}), tool({ name: 'Other.tool_2-x' })];
    expect(await validateTools('everything', offered)).toEqual({ usable: offered, rejected: [] });
  });

  it.each([
    ['a name with a space', { name: 'do it' }, 'characters other than'],
    ['a look-alike letter', { name: 'еcho' }, 'characters other than'],
    ['a name too long behind the slug', { name: 'x'.repeat(53) }, 'too long'],
    ['a schema that is no object', { inputSchema: { type: 'string' } }, 'input schema is rejected'],
    [
      'a schema by which nothing is valid',
      { inputSchema: { type: 'object', properties: { a: { enum: [] } } } },
      'input schema is rejected',
    ],
    ['a NUL', { description: 'a\0b' }, 'cannot be stored'],
    ['half a character', { title: '\ud800' }, 'cannot be stored'],
    ['a definition as long as a book', { description: 'x'.repeat(300_000) }, 'too large'],
  ])('rejects %s and keeps the others', async (_, over, reason) => {
    const good = tool({ name: 'good' });
    const { usable, rejected } = await validateTools('everything', [good, tool(over)]);
    expect(usable).toEqual([good]);
    expect(rejected).toHaveLength(1);
    expect(rejected[0]?.reason).toContain(reason);
  });

  it('takes neither of two that share a name', async () => {
    expect((await validateTools('s', [tool({}), tool({})])).usable).toEqual([]);
  });

  it('lets others run between two tools', async () => {
    const order: string[] = [];
    setImmediate(() => order.push('another'));
    await validateTools('s', [tool({ name: 'a' }), tool({ name: 'b' })]);
    order.push('validated');
    expect(order).toEqual(['another', 'validated']);
  });

  it('accepts a name of exactly 64 characters behind the slug', async () => {
    const { rejected } = await validateTools('everything', [tool({ name: 'x'.repeat(52) })]);
    expect(rejected).toEqual([]);
  });

  it('says what was rejected on one bounded line, whatever the names are', () => {
    const rejected = Array.from({ length: 500 }, (_, index) => ({
      name: `bad\n\u202e${index}`,
      reason: 'its name is odd',
    }));
    const words = describeRejected(rejected) ?? '';
    expect(words).toMatch(/^500 not pinned\. bad 0: its name is odd; .*; and 490 more$/);
    expect(words.length).toBeLessThanOrEqual(1000);
    expect(describeRejected([])).toBeNull();
  });
});

describe('what nobody has classified', () => {
  it.each([
    [{ readOnlyHint: true }, 'write'],
    [{ readOnlyHint: true, destructiveHint: false }, 'write'],
    [{ readOnlyHint: true, destructiveHint: true }, 'destructive'],
    [{ destructiveHint: false }, 'write'],
    [{ destructiveHint: true }, 'destructive'],
    [{ readOnlyHint: false }, 'destructive'],
    [{}, 'destructive'],
    [{ readOnlyHint: 'true' }, 'destructive'],
    [{ destructiveHint: 'false' }, 'destructive'],
  ])('counts as the worse of the claim and a write: %j as %s', (annotations, classification) => {
    expect(classifyUndecided(annotations)).toBe(classification);
  });
});
