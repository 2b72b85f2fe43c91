import { systemActor, type Actor } from '#libs/platform/kernel';
import { describe, expect, it } from 'vitest';
import { assertNeverAlone } from './assert-confirmer.js';

const person: Actor = { kind: 'person', id: 'p', name: 'Pat', roles: ['it'], teamIds: [] };
const always = { name: 'map-group', secondPerson: { always: true } } as const;

describe('a command that always takes a second person', () => {
  it('is not done when it asked a person for none', () => {
    expect(() => assertNeverAlone(always, person)).toThrow('map-group always takes a second');
    expect(() => assertNeverAlone(always, systemActor('worker'))).not.toThrow();
    expect(() => assertNeverAlone({ name: 'add-team' }, person)).not.toThrow();
    expect(() => assertNeverAlone({ name: 'add-team', secondPerson: {} }, person)).not.toThrow();
  });
});
