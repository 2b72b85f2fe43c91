import fc from 'fast-check';
import type { Json, JsonObject } from '#libs/platform/kernel';
import type { AgentFacts, PersonFacts, RuleSource, ToolFacts } from '../index.js';
import { idOf } from './bind-all.fixture.js';
import type { ReferenceCall } from './reference.fixture.js';

// For the properties: arbitrary policies and calls. Few names and values, so that rules and calls meet often.

const tool = (server: string, name: string, rest: Partial<ToolFacts>): ToolFacts => ({
  id: `id-of-${server}-${name}`,
  serverId: idOf(server),
  server,
  name,
  classification: 'write',
  annotations: {},
  inputSchema: { type: 'object' },
  ...rest,
});
const agent = (name: string, team: string, rest: Partial<AgentFacts>): AgentFacts => ({
  id: idOf(name),
  name,
  teamId: idOf(team),
  riskTier: 'low',
  tags: [],
  ...rest,
});
/** For specs: every tool there is. */
export const TOOLS = [
  tool('s', 'read', { classification: 'read', annotations: { readOnlyHint: true } }),
  tool('s', 'write', { annotations: { readOnlyHint: 'true', destructiveHint: false } }),
  tool('t', 'read', { classification: 'destructive' }),
];
/** For specs: every agent there is. */
export const AGENTS = [
  agent('one', 'red', { tags: ['x', 'y'] }),
  agent('two', 'red', { riskTier: 'high', tags: ['x'] }),
  agent('three', 'blue', { riskTier: 'high' }),
  agent('four', 'blue', { riskTier: 'high' }),
];
/** For specs: for whom agents act. */
export const PEOPLE: (PersonFacts | null)[] = [
  null,
  { groupIds: [] },
  { groupIds: ['staff'].map(idOf) },
  { groupIds: ['admins'].map(idOf) },
  { groupIds: ['staff', 'admins', 'unknown'].map(idOf) },
];
/** For specs: rules end at the second and the fourth, so calls come before, at and after an end. */
export const MOMENTS = [0, 1000, 1001, 2000, 9000].map((ms) => new Date(Date.UTC(2030, 0, 1) + ms));

const scalar = fc.constantFrom<(string | number | boolean)[]>(
  'a',
  'ab',
  'b',
  '5',
  5,
  0,
  -1,
  50,
  true,
  false,
);
const NAMES = ['example.test', 'sub.example.test', 'evil.test'];
const TEXTS = [
  'A', 'aB', 'a\nb', '\n', 'ſ', 'S', '\u212a', 'k', '😀', '😀a', '\ud800', 'ß', 'ẞ', 'ss', 'İ', 'i',
  'https://example.test', 'HTTPS://Sub.EXAMPLE.test.:443/x?y#z', 'https://example.test@evil.test/', 'ssh://evil.test/',
  'https://a@b@evil.test/', 'https://evil.test\\@example.test/', 'https:/example.test', '//example.test',
  'https://example.test:x/', 'https://example.test:99999/', 'https://[::1]/', 'http://0x7f.1/', 'http://127.1/',
  'http://127.0.0.1/', ' https://example.test', 'https://exam\tple.test/', 'https://%65xample.test/', 'https://x..test/',
  'a@example.test', 'A.b+c@EXAMPLE.TEST.', 'A <a@example.test>', 'a@b@evil.test', 'a@evil.test, b@example.test',
  'a@[127.0.0.1]', 'a@127.0.0.1', '@example.test', 'a@', 'mailto:a@evil.test',
]; // prettier-ignore
const nonEmpty = <T>(one: fc.Arbitrary<T>, maxLength = 3) =>
  fc.array(one, { minLength: 1, maxLength });
const subset = <T>(...from: T[]) => fc.subarray(from, { minLength: 1 });
const comparisons = fc
  .record(
    {
      eq: scalar,
      in: nonEmpty(scalar),
      lt: fc.constantFrom(0, 5, 50),
      lte: fc.constantFrom(0, 5, 50),
      gt: fc.constantFrom(0, 5, 50),
      gte: fc.constantFrom(0, 5, 50),
      startsWith: fc.constantFrom('a', 'b', '5'),
      endsWith: fc.constantFrom('a', 'b', '5'),
      contains: fc.constantFrom('a', 'b'),
      matches: fc.constantFrom('^a', 'b$', '^[0-9]+$', '(a+)+b', '^.{2,}$', '^.b?$'),
    },
    { requiredKeys: [] },
  )
  .filter((one) => Object.keys(one).length > 0)
  .map((one) => Object.fromEntries(Object.entries(one).slice(0, 2)) as JsonObject);
const bounds = fc.constantFrom(0, 1, 2, 3);
const lengths = fc
  .record({ eq: bounds, lt: bounds, lte: bounds, gt: bounds, gte: bounds }, { requiredKeys: [] })
  .filter((one) => Object.keys(one).length > 0);
const names = fc
  .record(
    {
      eq: fc.constantFrom(...NAMES),
      in: subset(...NAMES),
      endsWith: fc.constantFrom('.example.test', '.test'),
    },
    { requiredKeys: [] },
  )
  .filter((one) => Object.keys(one).length > 0);
const word = fc.constantFrom('a', 'AB', 'K', 'ſ', 'ss', 'ẞ', 'i', 'İ');
const ignoringCase = fc
  .record(
    {
      eq: word,
      in: nonEmpty(word),
      startsWith: word,
      endsWith: word,
      contains: word,
      length: lengths,
    },
    { requiredKeys: [] },
  )
  .filter((one) => Object.keys(one).some((key) => key !== 'length'))
  .map((one) => ({ ...one, ignoreCase: true }));
const operators: fc.Arbitrary<JsonObject> = fc.oneof(
  { weight: 4, arbitrary: comparisons },
  fc.record({ length: lengths }),
  ignoringCase,
  fc.oneof(fc.record({ host: names }), fc.record({ domain: names })),
);
const elementTest = fc.oneof(
  operators,
  fc.record({ some: operators }),
  fc.record({ every: operators }),
);
const test = fc
  .tuple(
    fc.oneof(
      { weight: 3, arbitrary: operators },
      fc.record({ every: elementTest }),
      fc.record({ some: elementTest }),
    ),
    fc.constantFrom({}, { absent: 'matches' }, { absent: 'does not match' }),
  )
  .map(([one, absent]) => ({ ...one, ...absent }));
const path = fc.constantFrom('a', 'b', 'c.d', 'constructor', 'length', 'c.d.0', 'list');
const when = fc.letrec<{ one: JsonObject }>((tie) => ({
  one: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc
      .dictionary(path, test, { minKeys: 1, maxKeys: 2 })
      .map((tests) => ({ arguments: { ...tests } })),
    fc.constant({ always: true }),
    nonEmpty(tie('one')).map((all) => ({ all })),
    nonEmpty(tie('one')).map((list) => ({ any: list })),
    tie('one').map((not) => ({ not })),
  ),
})).one;
const optional = (model: Record<string, fc.Arbitrary<Json>>) =>
  fc
    .record(model, { requiredKeys: [] })
    .map((one) => (Object.keys(one).length > 0 ? (one as JsonObject) : { all: true }));
const body = {
  effect: fc.constantFrom('allow' as const, 'allow' as const, 'hold' as const, 'deny' as const),
  tools: optional({
    servers: subset('s', 't'),
    names: subset('s/read', 's/write', 't/read'),
    classifications: subset('read', 'write', 'destructive'),
    annotations: fc.constantFrom<JsonObject[]>(
      { readOnlyHint: true },
      { destructiveHint: true },
      { readOnlyHint: false },
    ),
  }),
  when,
};
const agentRule = fc.record({
  ...body,
  agents: optional({
    names: subset('one', 'two', 'three', 'four'),
    teams: subset('red', 'blue'),
    tiers: subset('low', 'medium', 'high'),
    tags: subset('x', 'y'),
  }),
});
const peopleRule = fc.record({
  ...body,
  people: optional({ groups: subset('staff', 'admins', 'another') }),
});
const expiresAt = fc.constantFrom<{ expiresAt?: string }[]>(
  {},
  {},
  { expiresAt: '2030-01-01T00:00:01Z' },
  { expiresAt: '2030-01-01T01:00:02+01:00' },
);
/** For specs: a rule without its name. */
export const rule = fc
  .tuple(fc.oneof({ weight: 2, arbitrary: agentRule }, peopleRule), expiresAt)
  .map(([one, end]) => ({ ...one, ...end }));
/** For specs: a policy. */
export const rules = fc
  .array(rule, { maxLength: 6 })
  .map((list): RuleSource[] =>
    list.map((one, index) => ({ ...one, name: `rule-${index}`, reason: 'Because.' })),
  );
const value: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 2, arbitrary: fc.constantFrom(...TEXTS) },
  fc.constantFrom<Json[]>(null, [], {}, ['a'], ['a', 5], [['a'], ['b']], { d: 'a' }, '__proto__'),
  fc.array(fc.oneof(scalar as fc.Arbitrary<Json>, fc.constantFrom(...TEXTS)), { maxLength: 3 }),
);
const args = fc.record(
  { a: value, b: value, c: fc.oneof(value, fc.record({ d: value })), list: value },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;
const call: fc.Arbitrary<ReferenceCall> = fc.record({
  agent: fc.constantFrom(...AGENTS),
  person: fc.constantFrom(...PEOPLE),
  now: fc.constantFrom(...MOMENTS),
  tool: fc.constantFrom(...TOOLS),
  args,
});
/** For specs: twenty calls. */
export const calls = fc.array(call, { minLength: 20, maxLength: 20 });
