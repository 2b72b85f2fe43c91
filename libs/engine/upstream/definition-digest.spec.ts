import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { definitionDigest, type ToolDefinition } from './definition-digest.js';

const tool: ToolDefinition = {
  name: 'echo',
  title: null,
  description: 'Says it again.',
  inputSchema: { type: 'object', properties: { text: { type: 'string' } } },
  annotations: { readOnlyHint: true },
  operation: null,
};

describe('the digest of a tool definition', () => {
  it('is SHA-256 over the canonical form', () => {
    const canonical =
      '{"annotations":{"readOnlyHint":true},"description":"Says it again.","inputSchema":{"properties":{"text":{"type":"string"}},"type":"object"},"name":"echo","operation":null,"title":null}';
    expect(definitionDigest(tool)).toBe(createHash('sha256').update(canonical).digest('hex'));
  });

  it('does not depend on the order of members', () => {
    const inputSchema = { properties: { text: { type: 'string' } }, type: 'object' };
    expect(definitionDigest({ ...tool, inputSchema })).toBe(definitionDigest(tool));
  });

  it.each<Partial<ToolDefinition>>([
    { name: 'ech\u043e' },
    { title: '' },
    { description: 'Says it again. ' },
    { inputSchema: { type: 'object' } },
    { annotations: {} },
    { operation: { method: 'GET', path: '/', parameters: [], body: null } },
  ])('changes with %o', (change) => {
    expect(definitionDigest({ ...tool, ...change })).not.toBe(definitionDigest(tool));
  });
});
