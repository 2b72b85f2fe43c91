import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROLES, systemActor, type Actor, type Role } from '#libs/platform/kernel';
import { can, type SubjectName, type Subjects } from './index.js';
import { readableFilter, readableWhere, type FieldTest } from './readable.js';

type Instance = Record<string, string>;
type Predicate = (instance: Instance) => boolean;

// A filter that can be asked at once, so that it can be compared with the rules themselves.
const PREDICATES = {
  everything: () => true,
  nothing: () => false,
  and: (parts: Predicate[]) => (instance: Instance) => parts.every((part) => part(instance)),
  or: (parts: Predicate[]) => (instance: Instance) => parts.some((part) => part(instance)),
  not: (part: Predicate) => (instance: Instance) => !part(instance),
};

const field =
  (name: string) =>
  (test: FieldTest): Predicate =>
  ({ [name]: value = '' }) => {
    if ('in' in test) return test.in.includes(value);
    return 'equals' in test ? value === test.equals : value !== test.not;
  };

const IDS = ['a', 'b', 'c'];
const anyId = fc.constantFrom(...IDS);
const anyPerson = fc.record({
  kind: fc.constant('person' as const),
  id: anyId,
  name: fc.constant('P'),
  roles: fc.uniqueArray(fc.constantFrom(...ROLES), { maxLength: 3 }),
  teamIds: fc.uniqueArray(anyId, { maxLength: 2 }),
});
const person = (roles: readonly Role[]): Actor => ({
  kind: 'person',
  id: 'a',
  name: 'P',
  roles,
  teamIds: ['b'],
});

describe('a filter of what may be read', () => {
  it.each([
    ['Agent', ['id', 'teamId', 'ownerId']],
    ['Call', ['agentTeamId']],
    ['Delegation', ['personId']],
    ['AccessRequest', ['requestedById', 'agentTeamId', 'toolOwnerId']],
    ['Alert', []],
  ] as const)('finds exactly the instances of %s that the rules let', (subject, names) => {
    const fields = Object.fromEntries(names.map((name) => [name, field(name)]));
    const anyInstance = fc.record(Object.fromEntries(names.map((name) => [name, anyId])));
    fc.assert(
      fc.property(anyPerson, anyInstance, (actor, instance) => {
        const filter = readableFilter(actor, subject, fields, PREDICATES);
        const expected = can(
          actor,
          'read',
          subject as SubjectName,
          instance as unknown as Subjects[SubjectName],
        );
        expect(filter(instance)).toBe(expected);
      }),
    );
  });

  it('is written for Prisma', () => {
    const where = (actor: Actor) =>
      readableWhere(actor, 'Call', {
        agentTeamId: (test): { id?: string; team: unknown } => ({ team: test }),
      });
    expect(where(systemActor('spec'))).toEqual({});
    expect(where(person(['it']))).toEqual({});
    expect(where(person(['developer']))).toEqual({ OR: [{ AND: [{ team: { in: ['b'] } }] }] });
    expect(where(person(['owner']))).toEqual({ id: { in: [] } });
    expect(where(person(['it', 'developer']))).toEqual({});
  });

  it('rejects a rule about a field that lists do not know', () => {
    const read = () =>
      readableWhere<'AccessRequest', { id?: string }>(person(['developer']), 'AccessRequest', {});
    expect(read).toThrow('A rule about AccessRequest tests');
  });
});
