import { describe, expect, it } from 'vitest';
import { eraOf } from './era.js';

const call = (name: string) => ({ id: 1, method: 'tools/call', params: { name } });

describe('the era of a message', () => {
  it.each([undefined, '2025-03-26', '2025-11-25'])('is legacy with version %s', (version) => {
    const headers = version === undefined ? {} : { 'mcp-protocol-version': version };
    expect(eraOf(headers, call('echo'))).toBe('legacy');
    const mirrored = { ...headers, 'mcp-method': 'tools/call', 'mcp-name': 'echo' };
    expect(eraOf(mirrored, call('echo'))).toBe('legacy');
  });

  it.each([
    ['Mcp-Method', { 'mcp-method': 'tools/list' }],
    ['Mcp-Name', { 'mcp-name': 'delete_everything' }],
    ['Mcp-Name in another encoding', { 'mcp-name': '=?base64?!?=' }],
  ])('is rejected in older revisions too when %s says otherwise (G3)', (_, headers) => {
    for (const version of [{}, { 'mcp-protocol-version': '2025-11-25' }])
      expect(() => eraOf({ ...version, ...headers }, call('echo'))).toThrow(/^The header Mcp-/);
  });
});
