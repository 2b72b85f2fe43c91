import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import { filter as oracleFilter, parse } from 'scim2-parse-filter';
import { ENTERPRISE_URN } from '../schema/user.js';

/** For specs: an operation as a client sends it. */
export interface Operation {
  op: string;
  path?: string;
  value?: Json;
}

/** For specs: the resource afterwards, or null: it is not accepted. */
export type Outcome = JsonObject | null;

/** For specs: an operation, what it is for, and what the oracle makes of it. */
export interface PatchCase {
  before: JsonObject;
  operation: Operation;
  theirs: Outcome;
}

/** For specs: where our PATCH and the oracle's differ, and why. */
export interface PatchDifference {
  why: string;
  examples: { on?: JsonObject; operation: Operation; ours: Outcome }[];
  covers: (one: PatchCase) => boolean;
}

/** For specs: whom the examples change unless they say otherwise. */
export const ADA: JsonObject = {
  userName: 'ada',
  name: { givenName: 'ada', familyName: 'king' },
  emails: [
    { value: 'a', type: 'home', primary: true },
    { value: 'b', type: 'work', display: 'x' },
  ],
};
const NOBODY: JsonObject = { userName: 'ada' };

const emailsOf = ({ emails }: JsonObject): JsonObject[] =>
  Array.isArray(emails) ? emails.filter(isObject) : [];

const valuePathOf = ({ path = '' }: Operation) => {
  const [, filter, part] = /^emails\[(.*)\](?:\.(\w+))?$/.exec(path) ?? [];
  return filter === undefined ? null : { filter, part };
};

const picksNothing = ({ before, operation }: PatchCase): boolean => {
  const valuePath = valuePathOf(operation);
  return (
    valuePath !== null &&
    !emailsOf(before).some((email) => oracleFilter(parse(valuePath.filter))(email))
  );
};

const says = ({ value }: Operation, pattern: RegExp): boolean =>
  pattern.test(JSON.stringify(value) ?? '');

const isOp = ({ op }: Operation, ...names: string[]): boolean => names.includes(op.toLowerCase());

const givenEmails = (path: string | undefined, value: Json | undefined): JsonObject[] => {
  const given = path === undefined && isObject(value) ? value['emails'] : value;
  return (Array.isArray(given) ? given : [given]).filter((one) =>
    isObject(one ?? null),
  ) as JsonObject[];
};

const hasParts = (held: JsonObject, given: JsonObject): boolean =>
  Object.entries(given).every(
    ([name, part]) => held[name] === part || (part === false && held[name] === undefined),
  );

const isList = (value: Json | undefined): boolean => Array.isArray(value);

/** For specs: the differences from scim-patch that are meant. */
export const KNOWN_DIFFERENCES: readonly PatchDifference[] = [
  {
    why: 'RFC 7644 §3.5.2: when a value becomes primary, no other one is',
    examples: [
      {
        operation: { op: 'add', path: 'emails', value: [{ value: 'c', primary: true }] },
        ours: {
          ...ADA,
          emails: [
            { value: 'a', type: 'home', primary: false },
            { value: 'b', type: 'work', display: 'x' },
            { value: 'c', primary: true },
          ],
        },
      },
      {
        operation: { op: 'replace', path: 'emails[value pr]', value: { primary: true } },
        ours: null,
      },
    ],
    covers: ({ theirs: after }) =>
      emailsOf(after ?? {}).filter(({ primary }) => primary === true).length > 1,
  },
  {
    why: 'RFC 7643 §2.4: a list holds no combination of type and value twice',
    examples: [
      {
        operation: { op: 'replace', path: 'emails', value: [{ value: 'c' }, { value: 'c' }] },
        ours: { ...ADA, emails: [{ value: 'c' }] },
      },
      {
        operation: { op: 'add', path: 'emails', value: [{ value: 'b', type: 'work' }] },
        ours: ADA,
      },
    ],
    covers: ({ theirs: after }) => {
      const emails = emailsOf(after ?? {});
      return emails.some((one, at) =>
        emails.slice(0, at).some((b) => one['value'] === b['value'] && one['type'] === b['type']),
      );
    },
  },
  {
    why: 'RFC 7644 §3.5.2.1: what has every given part is there already, and is not added',
    examples: [
      {
        operation: { op: 'add', path: 'emails', value: [{ value: 'b', display: 'x' }] },
        ours: ADA,
      },
    ],
    covers: ({ before, operation: { op, path, value } }) =>
      op.toLowerCase() === 'add' &&
      (path === 'emails' || path === undefined) &&
      givenEmails(path, value).some((given) =>
        emailsOf(before).some((held) => hasParts(held, given)),
      ),
  },
  {
    why: 'RFC 7643 §2.4: an address without an address is none, whatever its type was',
    examples: [
      {
        operation: { op: 'remove', path: 'emails[type eq "work"].value' },
        ours: { ...ADA, emails: [{ value: 'a', type: 'home', primary: true }] },
      },
    ],
    covers: ({ operation }) =>
      isOp(operation, 'remove') && valuePathOf(operation)?.part === 'value',
  },
  {
    why: 'RFC 7643 §2.4: a list is an array, also of one value',
    examples: [
      {
        on: NOBODY,
        operation: { op: 'add', path: 'emails', value: { value: 'c' } },
        ours: { ...NOBODY, emails: [{ value: 'c' }] },
      },
      {
        on: NOBODY,
        operation: { op: 'replace', path: 'emails.display', value: 'x' },
        ours: { ...NOBODY, emails: [{ display: 'x' }] },
      },
    ],
    covers: ({ theirs: after }) => isObject(after?.['emails']),
  },
  {
    why: 'RFC 7644 §3.5.2.3: a list that is replaced without a filter keeps no value',
    examples: [
      {
        operation: { op: 'replace', path: 'emails', value: { value: 'c' } },
        ours: { ...ADA, emails: [{ value: 'c' }] },
      },
    ],
    covers: ({ operation }) =>
      isOp(operation, 'replace') && operation.path === 'emails' && !isList(operation.value),
  },
  {
    why: 'RFC 7644 §3.5.2.3 has no target where a filter picks no value; Entra then wants it made',
    examples: [
      {
        operation: { op: 'replace', path: 'emails[type eq "other"]', value: { value: 'c' } },
        ours: { ...ADA, emails: [...emailsOf(ADA), { type: 'other', value: 'c' }] },
      },
      {
        on: NOBODY,
        operation: { op: 'add', path: 'emails[type eq "a" and display eq "b"].value', value: 'c' },
        ours: { ...NOBODY, emails: [{ type: 'a', display: 'b', value: 'c' }] },
      },
    ],
    covers: (one) =>
      !isOp(one.operation, 'remove') &&
      picksNothing(one) &&
      (valuePathOf(one.operation)?.part === undefined || / and /.test(one.operation.path ?? '')),
  },
  {
    why: 'RFC 7644 §3.12: noTarget, not silence, where a filter neither picks a value nor describes one',
    examples: [
      {
        operation: { op: 'add', path: 'emails[type co "other"]', value: { value: 'c' } },
        ours: null,
      },
    ],
    covers: (one) =>
      isOp(one.operation, 'add') &&
      picksNothing(one) &&
      valuePathOf(one.operation)?.part === undefined,
  },
  {
    why: 'RFC 7644 §3.5.2 lets an operation be sent again: to remove what is gone is no failure',
    examples: [
      {
        on: NOBODY,
        operation: { op: 'remove', path: 'emails[type eq "work"]' },
        ours: NOBODY,
      },
      { operation: { op: 'remove', path: 'emails[type eq "other"].display' }, ours: ADA },
    ],
    covers: (one) => isOp(one.operation, 'remove') && picksNothing(one),
  },
  {
    why: 'RFC 7644 §3.4.2.2: ne is the contrary of eq, also of a part that is not there',
    examples: [
      {
        on: { ...NOBODY, emails: [{ value: 'a' }] },
        operation: { op: 'replace', path: 'emails[type ne "work"].value', value: 'c' },
        ours: { ...NOBODY, emails: [{ value: 'c' }] },
      },
    ],
    covers: ({ before, operation: { path = '' } }) => {
      const [, part] = /\[(\w+) ne /.exec(path) ?? [];
      return part !== undefined && emailsOf(before).some((one) => one[part] === undefined);
    },
  },
  {
    why: 'RFC 7644 §3.5.2.3: of a complex attribute the given parts are replaced, also without a path',
    examples: [
      {
        operation: { op: 'replace', value: { name: { givenName: 'eve' } } },
        ours: { ...ADA, name: { givenName: 'eve', familyName: 'king' } },
      },
      {
        on: { ...NOBODY, [ENTERPRISE_URN]: { department: 'a', costCenter: 'b' } },
        operation: { op: 'add', value: { [ENTERPRISE_URN]: { department: 'c' } } },
        ours: { ...NOBODY, [ENTERPRISE_URN]: { department: 'c', costCenter: 'b' } },
      },
    ],
    covers: ({ operation: { path, value } }) =>
      path === undefined &&
      isObject(value) &&
      (isObject(value['name']) || isObject(value[ENTERPRISE_URN])),
  },
  {
    why: 'RFC 7644 §3.5.2: a key of a value without a path may be a path; clients write whole ones',
    examples: [
      {
        operation: { op: 'add', value: { 'emails[type eq "work"].value': 'c' } },
        ours: {
          ...ADA,
          emails: [
            { value: 'a', type: 'home', primary: true },
            { value: 'c', type: 'work', display: 'x' },
          ],
        },
      },
    ],
    covers: ({ operation }) => operation.path === undefined && says(operation, /^\{"emails\[/),
  },
  {
    why: 'RFC 7644 §3.5.2.2: what is required or read-only is not taken away or set',
    examples: [
      { operation: { op: 'remove', path: 'userName' }, ours: null },
      { operation: { op: 'replace', path: 'userName', value: null }, ours: null },
      { operation: { op: 'replace', path: 'id', value: 'x' }, ours: null },
    ],
    covers: ({ operation }) =>
      operation.path === 'id' ||
      (operation.path === 'userName' && (isOp(operation, 'remove') || operation.value === null)),
  },
  {
    why: 'RFC 7644 §3.12: invalidPath for an attribute that the schemas do not have',
    examples: [
      { operation: { op: 'add', path: 'shoeSize', value: '7' }, ours: null },
      { operation: { op: 'add', path: 'password', value: 'x' }, ours: null },
    ],
    covers: ({ operation: { path } }) => path === 'shoeSize' || path === 'password',
  },
  {
    why: 'RFC 7644 §3.3: in a value, unknown and read-only attributes are ignored',
    examples: [
      { operation: { op: 'add', value: { shoeSize: '7', id: 'x' } }, ours: ADA },
      {
        operation: { op: 'add', path: 'emails', value: [{ value: 'c', colour: 'red' }] },
        ours: { ...ADA, emails: [...emailsOf(ADA), { value: 'c' }] },
      },
    ],
    covers: ({ operation }) => says(operation, /"(?:shoeSize|colour|id)":/),
  },
  {
    why: 'RFC 7643 §2.1: the names of attributes are the same in any case',
    examples: [
      { operation: { op: 'add', path: 'TITLE', value: 'x' }, ours: { ...ADA, title: 'x' } },
    ],
    covers: ({ operation: { path } }) => path === 'TITLE',
  },
  {
    why: 'RFC 7643 §2.3: invalidValue for a value of another type, but booleans in quotes',
    examples: [
      { operation: { op: 'add', path: 'title', value: 7 }, ours: null },
      {
        operation: { op: 'replace', path: 'active', value: 'False' },
        ours: { ...ADA, active: false },
      },
    ],
    covers: ({ operation: { path, value } }) =>
      typeof value === 'number' || (path === 'active' && typeof value === 'string'),
  },
  {
    why: 'RFC 7644 §3.5.2.2 gives remove no value; of a list Entra’s names what goes, else it is ignored',
    examples: [
      {
        operation: { op: 'Remove', path: 'emails', value: [{ value: 'b' }] },
        ours: { ...ADA, emails: [{ value: 'a', type: 'home', primary: true }] },
      },
      {
        operation: { op: 'remove', path: 'name.givenName', value: 'x' },
        ours: { ...ADA, name: { familyName: 'king' } },
      },
    ],
    covers: ({ operation }) => isOp(operation, 'remove') && operation.value !== undefined,
  },
  {
    why: 'RFC 7644 §3.10: an extension is named by its URN, also as a whole',
    examples: [
      {
        operation: { op: 'add', path: ENTERPRISE_URN, value: { department: 'a' } },
        ours: { ...ADA, [ENTERPRISE_URN]: { department: 'a' } },
      },
    ],
    covers: ({ operation: { path } }) => path === ENTERPRISE_URN,
  },
  {
    why: 'RFC 7643 §2.5: null makes a complex attribute unassigned',
    examples: [
      {
        operation: { op: 'replace', path: 'name', value: null },
        ours: { ...NOBODY, emails: emailsOf(ADA) },
      },
    ],
    covers: ({ operation: { path, value } }) => path === 'name' && value === null,
  },
];
