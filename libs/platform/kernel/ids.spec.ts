import { expect, it } from 'vitest';
import { isUuid, newId } from './ids.js';

it.each([
  ['a new id', newId(), true],
  ['version 4', 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6', true],
  ['upper case', 'F81D4FAE-7DEC-41D0-A765-00A0C91E6BF6', false],
  ['no hyphens', 'f81d4fae7dec41d0a76500a0c91e6bf6', false],
  ['something before it', 'xf81d4fae-7dec-41d0-a765-00a0c91e6bf6', false],
  ['a line after it', 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6\n', false],
  ['nothing', '', false],
])('tells whether %s is a UUID as we write it', (_, text, expected) => {
  expect(isUuid(text)).toBe(expected);
});
