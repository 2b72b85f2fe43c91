import { expect, it } from 'vitest';
import { isObject } from './json.js';

it.each([
  ['an object', {}, true],
  ['an object without a prototype', Object.create(null), true],
  ['a list', [], false],
  ['null', null, false],
  ['a text', '{}', false],
  ['nothing', undefined, false],
])('tells whether %s is a JSON object', (_, value, expected) => {
  expect(isObject(value)).toBe(expected);
});
