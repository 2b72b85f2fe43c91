import { describe, expect, it } from 'vitest';
import { SecretBox, SecretUnreadableError } from './index.js';

const KEY = 'k'.repeat(32);

describe('a sealed secret', () => {
  const box = new SecretBox(KEY);

  it('opens in its own place with its own key', () => {
    expect(new SecretBox(KEY).open(box.seal('näïve', 'here'), 'here')).toBe('näïve');
  });

  it('never looks the same twice', () => {
    expect(box.seal('x', 'here')).not.toBe(box.seal('x', 'here'));
  });

  it('does not open in another place', () => {
    expect(() => box.open(box.seal('x', 'here'), 'there')).toThrow(SecretUnreadableError);
  });

  it('does not open with another key', () => {
    const other = new SecretBox('o'.repeat(32));
    expect(() => other.open(box.seal('x', 'here'), 'here')).toThrow(SecretUnreadableError);
  });

  it('does not open when one character was changed', () => {
    const sealed = box.seal('secret', 'here');
    for (let at = 3; at < sealed.length - 1; at += 1) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      expect(() => box.open(changed, 'here')).toThrow(SecretUnreadableError);
    }
  });

  it.each(['', 'v1', 'v1.', 'v2.AAAA', 'v1.AAAA.AAAA'])('is not %j', (text) => {
    expect(() => box.open(text, 'here')).toThrow(SecretUnreadableError);
  });
});
