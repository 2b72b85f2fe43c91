import { expect, it } from 'vitest';
import { addFacts } from './add-facts.js';

it('adds up what several hooks did', () => {
  const facts = [{ ended: 1, ids: ['a'] }, { ended: 2, ids: ['b'], other: null }, {}];
  expect(addFacts(facts)).toEqual({ ended: 3, ids: ['a', 'b'], other: null });
});

it('states at most as many ids as a fact may hold', () => {
  const ids = Array.from({ length: 200 }, (_, index) => String(index));
  expect(addFacts([{ ids }, { ids }])['ids']).toHaveLength(256);
});

it('rejects facts that contradict each other', () => {
  expect(() => addFacts([{ state: 'a' }, { state: 'b' }])).toThrow(TypeError);
});
