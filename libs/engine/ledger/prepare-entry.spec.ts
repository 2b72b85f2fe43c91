import { describe, expect, it } from 'vitest';
import { systemClock } from '#libs/platform/kernel';
import { newCommandEntry, newIntent } from './ledger.fixture.js';
import { MAX_PAYLOAD_BYTES, prepareEntry } from './prepare-entry.js';

const prepare = (input: Parameters<typeof prepareEntry>[0], commands?: ReadonlySet<string>) =>
  prepareEntry(input, systemClock, commands);
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};

describe('an entry to be written', () => {
  it('holds digests of its payloads and not their words', () => {
    const prepared = prepare(newIntent(1, 'a secret word'));
    expect(prepared.data).toMatch(/"digests":\{"arguments":"[0-9a-f]{64}","explanation":/);
    expect(prepared.data).not.toContain('secret');
    expect(prepared.payloads[0]?.content).toBe('{"query":"a secret word"}');
  });

  it('has digests that say nothing about equal payloads', () => {
    const intent = newIntent();
    expect(prepare(intent).data).not.toBe(prepare(intent).data);
  });

  it.each([
    ['a type that the catalogue does not have', { ...newIntent(), type: 'call.invented' }],
    ['a command that nobody registered', newCommandEntry()],
    ['a payload that its type does not have', { ...newIntent(), payloads: { result: 1 } }],
    ['data that its type does not have', { ...newIntent(), data: { ...newIntent().data, x: 1 } }],
    ['a fraction in data', { ...newIntent(), data: { ...newIntent().data, epoch: 1.5 } }],
    ['digests of the caller', { ...newIntent(), data: { ...newIntent().data, digests: {} } }],
    ['a NUL', { ...newIntent(), actor: { kind: 'agent', id: 'a\0' } }],
    ['a lone surrogate', { ...newIntent(), data: { ...newIntent().data, code: '\ud800' } }],
    ['a call id that is no UUID', { ...newIntent(), callId: "'; DROP TABLE ledger_entry" }],
  ])('is rejected with %s', (_what, input) => {
    expect(codeOf(() => prepare(input))).toBe('invalid_input');
  });

  it('may say \\u0000 in letters', () => {
    expect(codeOf(() => prepare({ ...newIntent(), actor: { kind: 'a', id: '\\u0000' } }))).toBe(
      'none',
    );
  });

  it('is rejected when its payloads are too large', () => {
    const payloads = { arguments: 'x'.repeat(MAX_PAYLOAD_BYTES) };
    expect(codeOf(() => prepare({ ...newIntent(), payloads }))).toBe('payload_too_large');
  });

  it('is taken when the command is registered', () => {
    expect(codeOf(() => prepare(newCommandEntry(), new Set(['agent.register'])))).toBe('none');
  });
});
