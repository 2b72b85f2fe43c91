import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { definitionDigest, type ToolDefinition } from './definition-digest.js';

const tool: ToolDefinition = {
  name: 'echo',
  title: null,
  description: 'Says it again.',
  inputSchema: { type: 'object', properties: { text: { type: 'string' } } },
  outputSchema: { type: 'object', properties: { said: { type: 'string' } } },
  annotations: { readOnlyHint: true },
  otherFields: { icons: [{ src: 'https://x.test/a.png' }], _meta: { a: 1 }, execution: {} },
  operation: null,
};

describe('the digest of a tool definition', () => {
  it('is SHA-256 over the canonical form', () => {
    const canonical =
      '{"annotations":{"readOnlyHint":true},"description":"Says it again.","inputSchema":{"properties":{"text":{"type":"string"}},"type":"object"},"name":"echo","operation":null,"otherFields":{"_meta":{"a":1},"execution":{},"icons":[{"src":"https://x.test/a.png"}]},"outputSchema":{"properties":{"said":{"type":"string"}},"type":"object"},"title":null}';
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
    { outputSchema: null },
    { outputSchema: { type: 'object', properties: { sаid: { type: 'string' } } } },
    { annotations: {} },
    { otherFields: { ...tool.otherFields, icons: [{ src: 'https://x.test/b.png' }] } },
    { otherFields: { ...tool.otherFields, _meta: { a: 2 } } },
    { otherFields: { ...tool.otherFields, execution: { taskSupport: 'required' } } },
    { otherFields: { ...tool.otherFields, unknown: null } },
    { operation: { method: 'GET', path: '/', parameters: [], body: null } },
  ])('changes with %o', (change) => {
    expect(definitionDigest({ ...tool, ...change })).not.toBe(definitionDigest(tool));
  });
});
