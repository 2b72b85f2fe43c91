import { isObject, type Json } from '#libs/platform/kernel';

import { ArgumentError } from '../errors.js';
import type { WrittenValue } from './operation.js';

const MAX_DEPTH = 16;

/** The error for an argument that makes no request. */
export const invalidArgument = (argument: string, what: string): ArgumentError =>
  new ArgumentError(`The argument "${argument.slice(0, 100)}" ${what}`);

/** Percent-encoded for a query, a form or a path. */
export const encoded = (argument: string, text: string): string => {
  if (!text.isWellFormed()) throw invalidArgument(argument, 'is not valid Unicode text.');
  return encodeURIComponent(text);
};

/** A scalar as text. */
export const scalar = (argument: string, value: Json | undefined): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw invalidArgument(argument, 'must be a string, a number or a boolean.');
};

/**
 * A list or an object as the items that one delimiter joins. An item that holds the delimiter would be two
 * for the service, and one for who decided: it is rejected.
 */
export const joinable = (
  argument: string,
  value: Json,
  { explode, delimiter }: { explode: boolean; delimiter: string },
): string[] => {
  const item = (one: Json): string => {
    const text = scalar(argument, one);
    if (!text.includes(delimiter)) return text;
    throw invalidArgument(
      argument,
      `has an item that contains "${delimiter}", which separates items.`,
    );
  };
  if (Array.isArray(value)) return value.map(item);
  if (!isObject(value)) return [scalar(argument, value)];
  return Object.entries(value).flatMap(([key, one]) =>
    explode ? [`${item(memberName(argument, key))}=${item(one)}`] : [item(key), item(one)],
  );
};

/** The name of a member that the caller chose: nothing that a parser of names could take for structure. */
export const memberName = (argument: string, name: string): string => {
  if (name === '' || /[[\]=&;\p{Cc}]/u.test(name))
    throw invalidArgument(argument, 'has a member with a name that cannot be sent.');
  return name;
};

const DELIMITERS = {
  form: [',', ','],
  simple: [',', ','],
  spaceDelimited: [' ', '%20'],
  pipeDelimited: ['|', '%7C'],
} as const;

/** A pair of a query or a form, both halves percent-encoded. */
export type Pair = string;

/** How lists and objects inside of a value are written: as JSON in a form, and in a query not at all. */
type Nested = (argument: string, value: Json) => string;

/**
 * One argument as the pairs of a query or a form. `taken` are the names that other arguments have: members
 * of an exploded object, which the caller names, cannot be one of them.
 */
export const pairsOf = (
  to: WrittenValue,
  value: Json | undefined,
  taken: ReadonlySet<string>,
  nested: Nested = scalar,
): Pair[] => {
  if (value === undefined || value === null) return [];
  const { argument, name, style, explode } = to;
  const pair = (key: string, text: string): Pair =>
    `${encoded(argument, key)}=${encoded(argument, text)}`;
  if (style === 'json') return [pair(name, JSON.stringify(value))];
  if (style === 'deepObject') return deepPairs(argument, name, value, pair, 0);
  if (typeof value !== 'object') return [pair(name, scalar(argument, value))];
  if (!explode) {
    const [delimiter, written] =
      DELIMITERS[style === 'label' || style === 'matrix' ? 'simple' : style];
    const items = joinable(argument, value, { explode: false, delimiter });
    return items.length === 0
      ? []
      : [
          `${encoded(argument, name)}=${items.map((item) => encoded(argument, item)).join(written)}`,
        ];
  }
  if (Array.isArray(value)) return value.map((item) => pair(name, nested(argument, item)));
  return Object.entries(value).map(([key, one]) => {
    if (taken.has(key))
      throw invalidArgument(argument, `has a member "${key}", which is another argument.`);
    return pair(memberName(argument, key), nested(argument, one));
  });
};

/** `name[member][0]=…`, as Stripe, Rails and PHP read it; OpenAPI itself says nothing of lists in it. */
const deepPairs = (
  argument: string,
  path: string,
  value: Json,
  pair: (key: string, text: string) => Pair,
  depth: number,
): Pair[] => {
  if (value === null) return [];
  if (typeof value !== 'object') return [pair(path, scalar(argument, value))];
  if (depth >= MAX_DEPTH) throw invalidArgument(argument, 'is nested too deep.');
  return Object.entries(value).flatMap(([key, one]) =>
    deepPairs(argument, `${path}[${memberName(argument, key)}]`, one, pair, depth + 1),
  );
};

/** The text of a scalar, else JSON: how a form writes what is inside of a list. */
export const scalarOrJson: Nested = (argument, value) =>
  typeof value === 'object' ? JSON.stringify(value) : scalar(argument, value);
