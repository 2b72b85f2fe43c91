import { expect, it } from 'vitest';
import { descriptionIn } from './server-description.js';

it('reads what a server of either era says of itself', () => {
  const info = { name: 'wiki', title: 'Wiki', version: '2' };
  const described = { ...info, instructions: 'Search first.' };
  expect(descriptionIn({ serverInfo: info, instructions: 'Search first.' })).toEqual(described);
  const meta = { 'io.modelcontextprotocol/serverInfo': info };
  expect(descriptionIn({ _meta: meta, instructions: 'Search first.' })).toEqual(described);
});

it('takes no text that does not show, none without end, and nothing that is no text', () => {
  const { name, title, version, instructions } = descriptionIn({
    serverInfo: { name: 'wi\u202Eki\u200B\u{E0041}', title: 7, version: '\u0007' },
    instructions: `one\n\u001B[2Jtwo ${'x'.repeat(1_000_000)}`,
  });
  expect({ name, title, version }).toEqual({ name: 'wiki', title: null, version: null });
  expect(instructions).toMatch(/^one\n\[2Jtwo x+$/);
  expect(instructions?.length).toBeLessThanOrEqual(8_000);
});
