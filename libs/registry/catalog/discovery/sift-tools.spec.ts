import { describe, expect, it } from 'vitest';
import { classifyUndecided } from '../catalog.rules.js';
import { describeRefused, siftTools, type OfferedTool } from './sift-tools.js';

const tool = (over: Partial<OfferedTool>): OfferedTool => ({
  name: 'echo',
  title: null,
  description: null,
  inputSchema: { type: 'object' },
  annotations: {},
  classification: 'write',
  operation: null,
  definitionDigest: 'a'.repeat(64),
  ...over,
});

describe('sifting what a tool server offers', () => {
  it('keeps what can be pinned', async () => {
    const offered = [tool({}), tool({ name: 'Other.tool_2-x' })];
    expect(await siftTools('everything', offered)).toEqual({ usable: offered, refused: [] });
  });

  it.each([
    ['a name with a space', { name: 'do it' }, 'characters other than'],
    ['a look-alike letter', { name: 'еcho' }, 'characters other than'],
    ['a name too long behind the slug', { name: 'x'.repeat(53) }, 'too long'],
    ['a schema that is no object', { inputSchema: { type: 'string' } }, 'input schema is refused'],
    [
      'a schema that refers elsewhere',
      { inputSchema: { type: 'object', properties: { a: { $ref: 'http://x.test/s' } } } },
      'input schema is refused',
    ],
    ['a NUL', { description: 'a\0b' }, 'cannot be stored'],
    ['half a character', { title: '\ud800' }, 'cannot be stored'],
    ['a definition as long as a book', { description: 'x'.repeat(300_000) }, 'too large'],
  ])('refuses %s and keeps the others', async (_, over, reason) => {
    const good = tool({ name: 'good' });
    const { usable, refused } = await siftTools('everything', [good, tool(over)]);
    expect(usable).toEqual([good]);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toContain(reason);
  });

  it('takes neither of two that share a name', async () => {
    expect((await siftTools('s', [tool({}), tool({})])).usable).toEqual([]);
  });

  it('lets others run between two tools', async () => {
    const order: string[] = [];
    setImmediate(() => order.push('another'));
    await siftTools('s', [tool({ name: 'a' }), tool({ name: 'b' })]);
    order.push('sifted');
    expect(order).toEqual(['another', 'sifted']);
  });

  it('accepts a name of exactly 64 characters behind the slug', async () => {
    const { refused } = await siftTools('everything', [tool({ name: 'x'.repeat(52) })]);
    expect(refused).toEqual([]);
  });

  it('says what was refused on one bounded line, whatever the names are', () => {
    const refused = Array.from({ length: 500 }, (_, index) => ({
      name: `bad\n\u202e${index}`,
      reason: 'its name is odd',
    }));
    const words = describeRefused(refused) ?? '';
    expect(words).toMatch(/^500 not pinned\. bad 0: its name is odd; .*; and 490 more$/);
    expect(words.length).toBeLessThanOrEqual(1000);
    expect(describeRefused([])).toBeNull();
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
