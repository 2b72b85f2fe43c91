import type { Json, JsonObject } from '#libs/platform/kernel';
import type { AgentFacts, PersonFacts, RuleSource, ToolFacts } from '../index.js';

// For the properties: the reference. What docs/policies.md says, read off the source, as slowly as you like.

/** For specs: a call with all that may decide it. */
export interface ReferenceCall {
  agent: AgentFacts;
  person: PersonFacts | null;
  now: Date;
  tool: ToolFacts;
  args: JsonObject;
}

type Three = 'true' | 'false' | 'unknown';
const and = (all: Three[]): Three =>
  all.includes('false') ? 'false' : all.includes('unknown') ? 'unknown' : 'true';
const or = (all: Three[]): Three =>
  all.includes('true') ? 'true' : all.includes('unknown') ? 'unknown' : 'false';
const inverse: Record<Three, Three> = { true: 'false', false: 'true', unknown: 'unknown' };
const bool = (value: boolean): Three => (value ? 'true' : 'false');

/** For specs: what a condition says. */
export function condition(when: JsonObject, args: JsonObject): Three {
  if ('always' in when) return 'true';
  if ('all' in when) return and((when['all'] as JsonObject[]).map((one) => condition(one, args)));
  if ('any' in when) return or((when['any'] as JsonObject[]).map((one) => condition(one, args)));
  if ('not' in when) return inverse[condition(when['not'] as JsonObject, args)];
  const tests = Object.entries(when['arguments'] as JsonObject);
  return and(tests.map(([path, test]) => argument(path, test as JsonObject, args)));
}

function argument(path: string, { absent, ...test }: JsonObject, args: JsonObject): Three {
  const missing = absent === undefined ? 'unknown' : bool(absent === 'matches');
  let value: Json = args;
  for (const key of path.split('.')) {
    if (Object.prototype.toString.call(value) !== '[object Object]') return 'unknown';
    const own: ReadonlyMap<string, Json> = new Map(Object.entries(value as JsonObject));
    if (!own.has(key)) return missing;
    value = own.get(key) ?? null;
  }
  return values(test, value, missing);
}

function values(test: JsonObject, value: Json, whenEmpty: Three): Three {
  const { every, some, ignoreCase, ...operators } = test;
  const quantified = (every ?? some) as JsonObject | undefined;
  if (quantified === undefined) {
    return and(
      Object.entries(operators).map(([name, operand]) =>
        ignoreCase === true && name !== 'length'
          ? foldedOperator(name, operand, value)
          : operator(name, operand, value),
      ),
    );
  }
  if (!Array.isArray(value)) return 'unknown';
  const all = value.map((item) => values(quantified, item, 'unknown'));
  if (every === undefined) return or(all);
  return all.length === 0 ? whenEmpty : and(all);
}

function operator(name: string, operand: Json, value: Json): Three {
  const text = typeof value === 'string' ? value : null;
  const number = typeof value === 'number' ? value : null;
  switch (name) {
    case 'eq':
      return typeof value === typeof operand && value !== null
        ? bool(value === operand)
        : 'unknown';
    case 'in': {
      const list = operand as Json[];
      return list.some((one) => typeof one === typeof value) && value !== null
        ? bool(list.includes(value))
        : 'unknown';
    }
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte': {
      if (number === null) return 'unknown';
      if (number === operand) return bool(name.endsWith('e'));
      return bool(number < Number(operand) === name.startsWith('l'));
    }
    case 'startsWith':
      return text === null ? 'unknown' : bool(text.slice(0, String(operand).length) === operand);
    case 'endsWith':
      return text === null ? 'unknown' : bool(text.slice(-String(operand).length) === operand);
    case 'contains':
      return text === null ? 'unknown' : bool(text.split(String(operand)).length > 1);
    case 'matches':
      return text === null ? 'unknown' : bool(new RegExp(String(operand), 'su').test(text));
    case 'length': {
      const length =
        text === null ? (Array.isArray(value) ? value.length : null) : Array.from(text).length;
      const bounds = Object.entries(operand as JsonObject);
      return length === null
        ? 'unknown'
        : and(bounds.map(([one, to]) => operator(one, to, length)));
    }
    case 'host':
    case 'domain': {
      const read = text === null ? null : name === 'host' ? host(text) : domain(text);
      const tests = Object.entries(operand as JsonObject);
      return read === null ? 'unknown' : and(tests.map(([one, to]) => operator(one, to, read)));
    }
    default:
      throw new Error(`the reference does not know ${name}`);
  }
}

/** JavaScript's regular expressions compare by simple folding with these flags. */
function foldedOperator(name: string, operand: Json, value: Json): Three {
  if (typeof value !== 'string') return 'unknown';
  const one = (pattern: (text: string) => string) =>
    bool([operand].flat().some((text) => new RegExp(pattern(literal(text)), 'iu').test(value)));
  switch (name) {
    case 'eq':
    case 'in':
      return one((text) => `^${text}$`);
    case 'startsWith':
      return one((text) => `^${text}`);
    case 'endsWith':
      return one((text) => `${text}$`);
    default:
      return one((text) => text);
  }
}
const literal = (text: Json): string =>
  String(text).replace(/[^]/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`);

/** Known where a browser reads the same host, without an empty label, as one who splits the text at "//", "/", "@" and ":". */
function host(text: string): string | null {
  if (/[\s\\]|\.\./.test(text) || !URL.canParse(text)) return null;
  const authority = /^[^:]*:\/\/([^/?#]*)/.exec(text)?.[1] ?? '';
  const naive = authority
    .slice(authority.indexOf('@') + 1)
    .replace(/(\.)?(:\d*)?$/, '')
    .toLowerCase();
  return naive !== '' && new URL(text).hostname.replace(/\.$/, '') === naive ? naive : null;
}

/** Known for exactly one word, "@" and a name that a browser takes for a host as it is, and not for an IP address. */
function domain(text: string): string | null {
  const [, name] = /^[\w.+-]+@([\w.-]+)$/.exec(text) ?? [];
  return name === undefined || /\d\.?$/.test(name) ? null : host(`http://${name}`);
}

const any = (names: Json | undefined, has: string[]): boolean =>
  names === undefined || (names as string[]).some((name) => has.includes(name));
/** As when the rules were published: every name stands for the id that is made of it. */
const anyId = (names: Json | undefined, ids: string[]): boolean =>
  names === undefined || (names as string[]).some((name) => ids.includes(`id-of-${name}`));
const anyTool = (names: Json | undefined, { serverId, name: own }: ToolFacts): boolean =>
  names === undefined ||
  (names as string[]).some((name) => {
    const [server, ...rest] = name.split('/');
    return serverId === `id-of-${server}` && own === rest.join('/');
  });
const MCP_DEFAULTS: Record<string, boolean> = { readOnlyHint: false, destructiveHint: true };

/** For specs: whether the rule speaks of this agent or person and this tool; with a moment, whether it still does. */
export function selects(
  rule: RuleSource,
  one: AgentFacts | PersonFacts,
  other: ToolFacts,
  now: Date | null,
): boolean {
  const ended = now !== null && rule.expiresAt !== undefined && now >= new Date(rule.expiresAt);
  return !ended && selectsWho(rule, one) && selectsWhat(rule.tools, other);
}

function selectsWho({ agents, people }: RuleSource, one: AgentFacts | PersonFacts): boolean {
  if ('groupIds' in one) {
    return people !== undefined && anyId(people['groups'], [...one.groupIds]);
  }
  return (
    agents !== undefined &&
    anyId(agents['names'], [one.id]) &&
    anyId(agents['teams'], [one.teamId]) &&
    any(agents['tiers'], [one.riskTier]) &&
    any(agents['tags'], [...one.tags])
  );
}

function selectsWhat(tools: JsonObject, other: ToolFacts): boolean {
  const hints = Object.entries((tools['annotations'] ?? {}) as JsonObject);
  return (
    anyId(tools['servers'], [other.serverId]) &&
    anyTool(tools['names'], other) &&
    any(tools['classifications'], [other.classification]) &&
    hints.every(([hint, wanted]) => {
      const claimed = other.annotations[hint];
      return (typeof claimed === 'boolean' ? claimed : MCP_DEFAULTS[hint]) === wanted;
    })
  );
}

/** For specs: the decision. */
export function reference(
  rules: RuleSource[],
  { agent: one, person, tool: other, args, now }: ReferenceCall,
) {
  const own = side(rules, one, other, args, now);
  if (person === null) {
    return { ...own, principal: 'agent', agentEffect: own.effect, personEffect: null };
  }
  const persons = side(rules, person, other, args, now);
  const answers = [
    { ...own, principal: 'agent' },
    { ...persons, principal: 'person' },
  ];
  const stricter = (['deny', 'hold', 'allow'] as const)
    .flatMap((effect) => answers.filter((answer) => answer.effect === effect))
    .slice(0, 1);
  return { ...stricter[0], agentEffect: own.effect, personEffect: persons.effect };
}

/** For specs: what the rules say to one principal. */
export function side(
  rules: RuleSource[],
  one: AgentFacts | PersonFacts,
  other: ToolFacts,
  args: JsonObject,
  now: Date,
) {
  for (const effect of ['deny', 'hold', 'allow'] as const) {
    for (const rule of rules) {
      if (rule.effect !== effect || !selects(rule, one, other, now)) continue;
      const truth = condition(rule.when, args);
      if (truth === 'true' || (truth === 'unknown' && effect !== 'allow')) {
        return { effect, rule: rule.name };
      }
    }
  }
  return { effect: 'deny' as const, rule: null };
}
