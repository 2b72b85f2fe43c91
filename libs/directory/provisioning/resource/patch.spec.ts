import type { JsonObject } from '#libs/platform/kernel';
import { describe, expect, it } from 'vitest';
import { ENTERPRISE_URN, USER } from '../schema/user.js';
import { applyPatch } from './patch.js';
import { readPatch } from './patch-operation.js';

const user: JsonObject = {
  userName: 'ada',
  active: true,
  name: { givenName: 'Ada', familyName: 'King' },
  emails: [
    { value: 'ada@home.test', type: 'home', primary: true },
    { value: 'ada@old.test', type: 'work' },
  ],
};

const patched = (...Operations: object[]): JsonObject =>
  applyPatch(USER, user, readPatch({ Operations }));

describe('a PATCH', () => {
  it('changes a copy', () => {
    const before = structuredClone(user);
    patched({ op: 'replace', path: 'userName', value: 'eve' });
    expect(user).toEqual(before);
  });

  it.each([
    [
      'a simple attribute',
      { op: 'Replace', path: 'DISPLAYNAME', value: 'Ada L' },
      { displayName: 'Ada L' },
    ],
    ['a boolean as text', { op: 'replace', path: 'active', value: 'False' }, { active: false }],
    ['no path', { op: 'replace', value: { active: false } }, { active: false }],
    [
      'a part',
      { op: 'add', path: 'name.familyName', value: 'Lovelace' },
      { name: { givenName: 'Ada', familyName: 'Lovelace' } },
    ],
    [
      'dotted keys without a path',
      { op: 'Add', value: { 'name.familyName': 'Lovelace', 'emails[type eq "work"].value': 'w' } },
      {
        name: { givenName: 'Ada', familyName: 'Lovelace' },
        emails: [
          { value: 'ada@home.test', type: 'home', primary: true },
          { value: 'w', type: 'work' },
        ],
      },
    ],
    [
      'an extension by URN',
      { op: 'add', path: `${ENTERPRISE_URN}:department`, value: 'R&D' },
      { [ENTERPRISE_URN]: { department: 'R&D' } },
    ],
    [
      'an extension as a whole',
      { op: 'add', value: { [ENTERPRISE_URN]: { employeeNumber: '7' } } },
      { [ENTERPRISE_URN]: { employeeNumber: '7' } },
    ],
    [
      "a manager as Entra's bare id",
      { op: 'Add', path: `${ENTERPRISE_URN}:manager`, value: 'm-1' },
      { [ENTERPRISE_URN]: { manager: { value: 'm-1' } } },
    ],
    [
      'a new primary value, which unseats the old one',
      { op: 'add', path: 'emails', value: [{ value: 'n', primary: true }] },
      {
        emails: [
          { value: 'ada@home.test', type: 'home', primary: false },
          { value: 'ada@old.test', type: 'work' },
          { value: 'n', primary: true },
        ],
      },
    ],
  ])('changes %s', (_, operation, expected) => {
    expect(patched(operation)).toEqual({ ...user, ...expected });
  });

  it('makes the value that a value path describes, whether it is added or replaced', () => {
    for (const op of ['Add', 'Replace']) {
      const phones = { op, path: 'phoneNumbers[type eq "mobile"].value', value: '1' };
      expect(patched(phones)['phoneNumbers']).toEqual([{ type: 'mobile', value: '1' }]);
    }
  });

  it.each(['add', 'replace'])(
    'takes away with %s what it gives as null, and leaves the rest',
    (op) => {
      const name = { op, path: 'name', value: { givenName: null } };
      expect(patched(name)['name']).toEqual({ familyName: 'King' });
      expect(patched({ op, value: { name: name.value } })['name']).toEqual({ familyName: 'King' });
      expect(patched({ op, path: 'name', value: {} })['name']).toEqual(user['name']);
      const work = { op, path: 'emails[type eq "home"]', value: { primary: null } };
      expect(patched(work)['emails']).toContainEqual({ value: 'ada@home.test', type: 'home' });
      expect(patched({ op, path: 'name', value: null })).not.toHaveProperty('name');
    },
  );

  it('does not add what is there already, be it primary or in another order', () => {
    const again = { primary: true, type: 'home', value: 'ada@home.test' };
    expect(patched({ op: 'add', path: 'emails', value: [again] })).toEqual(user);
  });

  it.each([
    ['without what else is held of it', { value: 'ada@home.test', type: 'home' }],
    ['by its value alone', { value: 'ada@old.test' }],
    ['in capitals', { type: 'Work', value: 'ADA@old.test' }],
    ['with null for a part', { value: 'ada@old.test', type: 'work', display: null }],
    ['that is explicitly not primary', { value: 'ada@old.test', type: 'work', primary: false }],
  ])('adds no second of a value that is named %s', (_, value) => {
    expect(patched({ op: 'add', path: 'emails', value: [value] })).toEqual(user);
    expect(patched({ op: 'add', value: { emails: [value] } })).toEqual(user);
  });

  it('gives a held value what is new of it, and makes it the primary one', () => {
    const value = { type: 'work', value: 'ada@old.test', display: 'Old', primary: true };
    expect(patched({ op: 'add', path: 'emails', value: [value] })['emails']).toEqual([
      { value: 'ada@home.test', type: 'home', primary: false },
      value,
    ]);
  });

  it('takes composed and decomposed letters for the same', () => {
    const held = { ...user, emails: [{ value: 'jos\u00e9@x.test', type: 'work' }] };
    const value = [{ value: 'jose\u0301@x.test', type: 'work' }];
    const of = (operation: object) =>
      applyPatch(USER, held, readPatch({ Operations: [operation] }))['emails'];
    expect(of({ op: 'add', path: 'emails', value })).toEqual(held.emails);
    expect(of({ op: 'remove', path: 'emails', value })).toBeUndefined();
    const path = 'emails[value eq "jose\u0301@x.test"]';
    expect(of({ op: 'remove', path })).toBeUndefined();
  });

  describe('that removes values by naming them, as Entra does', () => {
    const [work, home] = [
      { value: 'same@x.test', type: 'work', primary: true },
      { value: 'same@x.test', type: 'home' },
    ];
    const [office, flat] = [
      { type: 'work', locality: 'London', country: 'GB' },
      { type: 'home', locality: 'Paris', country: 'FR' },
    ];
    const held: JsonObject = { userName: 'ada', emails: [work, home], addresses: [office, flat] };
    const removed = (path: string, value: unknown) =>
      applyPatch(USER, held, readPatch({ Operations: [{ op: 'Remove', path, value }] }));

    it.each([
      ['emails', [home], { ...held, emails: [work] }],
      ['emails', home, { ...held, emails: [work] }],
      ['emails', [{ value: 'SAME@x.test', type: 'Work' }], { ...held, emails: [home] }],
      ['emails', [{ type: 'home' }], { ...held, emails: [work] }],
      ['emails', 'same@x.test', { userName: 'ada', addresses: [office, flat] }],
      ['emails', [{ value: 'other@x.test' }], held],
      ['emails', [{ value: 'same@x.test', type: 'other' }], held],
      ['emails', [{ shoeSize: '7' }], held],
      ['emails', [], held],
      ['addresses', [office], { ...held, addresses: [flat] }],
      ['addresses', [{ type: 'work' }], { ...held, addresses: [flat] }],
      ['addresses', [{ locality: 'Rome' }], held],
      ['emails.type', 'home', { ...held, emails: [work, { value: 'same@x.test' }] }],
    ] as [string, unknown, JsonObject][])('takes from %s exactly %j', (path, value, expected) => {
      expect(removed(path, value)).toEqual(expected);
    });
  });

  it('leaves no value of which only its type is left', () => {
    const home = { value: 'ada@home.test', type: 'home', primary: true };
    for (const operation of [
      { op: 'remove', path: 'emails[type eq "work"].value' },
      { op: 'replace', path: 'emails[type eq "work"].value', value: '' },
      { op: 'replace', path: 'emails[type eq "work"].value', value: null },
    ])
      expect(patched(operation)['emails']).toEqual([home]);
    expect(patched({ op: 'remove', path: 'emails.value' })).not.toHaveProperty('emails');
    const manager = { value: 'm-1', $ref: 'https://x.test/Users/m-1' };
    const led = { ...user, [ENTERPRISE_URN]: { manager } };
    const path = `${ENTERPRISE_URN}:manager.value`;
    const after = applyPatch(USER, led, readPatch({ Operations: [{ op: 'remove', path }] }));
    expect(after).toEqual(user);
  });

  it('takes names and operations in any case, and booleans in quotes', () => {
    const value = {
      'NAME.givenname': 'Augusta',
      ACTIVE: 'False',
      'Emails[TYPE EQ "work"].VALUE': 'w',
    };
    expect(patched({ op: 'REPLACE', value })).toMatchObject({
      active: false,
      name: { givenName: 'Augusta', familyName: 'King' },
      emails: [{}, { value: 'w', type: 'work' }],
    });
    const path = `${ENTERPRISE_URN.toUpperCase()}:DEPARTMENT`;
    expect(patched({ op: 'aDD', path, value: 'R&D' })).toMatchObject({
      [ENTERPRISE_URN]: { department: 'R&D' },
    });
  });

  it('comes to the same when it is sent twice', () => {
    const operations = [
      { op: 'add', path: 'emails', value: [{ value: 'n', type: 'other' }] },
      { op: 'remove', path: 'emails[type eq "work"]' },
      { op: 'replace', path: 'active', value: false },
    ];
    const once = applyPatch(USER, user, readPatch({ Operations: operations }));
    expect(applyPatch(USER, once, readPatch({ Operations: operations }))).toEqual(once);
  });

  it.each([
    ['roles', 'invalidPath'],
    ['entitlements', 'invalidPath'],
    ['password', 'invalidPath'],
    ['person.roles', 'invalidPath'],
    ['person', 'invalidPath'],
    ['teams', 'invalidPath'],
    ['identities', 'invalidPath'],
    ['disabledAt', 'invalidPath'],
    ['tokensRevokedBefore', 'invalidPath'],
    ['connectionId', 'invalidPath'],
    ['__proto__', 'invalidPath'],
    ['__proto__.polluted', 'invalidPath'],
    ['constructor', 'invalidPath'],
    ['name.__proto__', 'invalidPath'],
    ['emails[__proto__ pr]', 'invalidPath'],
    ['toString', 'invalidPath'],
    ['id', 'mutability'],
    ['meta.version', 'mutability'],
    ['meta', 'mutability'],
    ['groups', 'mutability'],
    ['groups[value eq "1"]', 'mutability'],
    ['schemas', 'mutability'],
    [`${ENTERPRISE_URN}:roles`, 'invalidPath'],
    ['urn:example:admin:roles', 'invalidPath'],
    ['emails[', 'invalidPath'],
    ['emails[value eq "\\u0000"].type', 'invalidPath'],
    ['userName[type eq "x"]', 'invalidPath'],
  ])('never reaches %s', (path, scimType) => {
    for (const op of ['add', 'replace', 'remove']) {
      expect(() => patched({ op, path, value: 'x' })).toThrow(
        expect.objectContaining({ scimType }),
      );
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('ignores in a value without a path what is unknown or ours to say', () => {
    const value = { id: 'x', roles: ['it'], meta: { version: '9' }, groups: [{ value: 'g' }] };
    expect(patched({ op: 'replace', value })).toEqual(user);
  });

  it.each([
    [{ op: 'move', path: 'title' }, 'invalidSyntax'],
    [{ path: 'title', value: 'x' }, 'invalidSyntax'],
    [{ op: 'remove' }, 'noTarget'],
    [{ op: 'remove', path: 'userName' }, 'mutability'],
    [{ op: 'replace', path: 'userName', value: '' }, 'mutability'],
    [{ op: 'add', path: 'title' }, 'invalidValue'],
    [{ op: 'add', path: 'title', value: 7 }, 'invalidValue'],
    [{ op: 'add', path: 'title', value: 'x'.repeat(3000) }, 'invalidValue'],
    [{ op: 'add', path: 'active', value: 'maybe' }, 'invalidValue'],
    [{ op: 'add', value: 'x' }, 'invalidValue'],
    [{ op: 'replace', path: 'emails[type ne "x" or type pr].value', value: {} }, 'invalidValue'],
    [{ op: 'replace', path: 'emails[value sw "zzz"].value', value: 'x' }, 'noTarget'],
    [
      {
        op: 'add',
        path: 'emails',
        value: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      },
      'invalidValue',
    ],
  ])('is rejected when it is %j', (operation, scimType) => {
    expect(() => patched(operation)).toThrow(expect.objectContaining({ scimType }));
  });

  // Every one of these is a request of less than 1 MB, of a client that may write Users.
  it.each([
    [
      'added to what was added before',
      many(40, (at) => ({ op: 'add', path: 'emails', value: addresses(at) })),
    ],
    [
      'replaced again and again',
      many(600, (at) => ({ op: 'replace', path: 'emails', value: addresses(at) })),
    ],
    [
      'removed though they are not there',
      many(600, (at) => ({ op: 'remove', path: 'emails', value: addresses(at) })),
    ],
    [
      'picked one by one without a path',
      [
        { op: 'replace', path: 'emails', value: addresses(0) },
        { op: 'replace', value: Object.fromEntries(many(20_000, picked)) },
      ],
    ],
  ])('does not take long to reject thousands of values that are %s', (_, operations) => {
    const before = performance.now();
    expect(() => patched(...operations)).toThrow(/^(?:emails must be|At most) .*values/);
    expect(performance.now() - before).toBeLessThan(1500);
  });

  it('takes long lists one after the other, and no list that is longer than any can be', () => {
    const given = many(5, (at) => ({ op: 'replace', path: 'emails', value: addresses(at) }));
    expect(patched(...given)['emails']).toEqual(addresses(4));
    expect(() => patched({ op: 'add', path: 'emails', value: addresses(0) })).toThrow(
      'at most 100',
    );
  });
});

function many<T>(count: number, make: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

function addresses(at: number): { value: string }[] {
  return many(100, (one) => ({ value: `${at * 100 + one}` }));
}

function picked(at: number): [string, string] {
  return [`emails[value eq "${at}" or value pr].type`, 'x'];
}
