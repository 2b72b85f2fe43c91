import { isObject, type JsonObject } from '#libs/platform/kernel';
import { parseAttributePath } from '../filter/parse-filter.js';
import { COMMON, type ResourceType } from '../schema/attribute.js';
import { extensionNamed, resolve, type Resolved } from '../schema/resolve.js';

/** Which attributes an answer shall have (RFC 7644 §3.9). */
export interface Projection {
  /** Whether this attribute of the core schema is wanted at all: what is not need not be read. */
  wants: (name: string) => boolean;
  apply: (resource: JsonObject) => JsonObject;
}

type Named = { extension: string } | Resolved;

const MAX_NAMES = 100;

const named = (type: ResourceType, names: readonly string[]): Named[] =>
  names.slice(0, MAX_NAMES).flatMap((name): Named[] => {
    const extension = extensionNamed(type, name);
    if (extension !== null) return [{ extension }];
    // An attribute that there is not has no value to show.
    // Entra's tests write emails[type eq "work"] here: the whole attribute is shown.
    const [bare = name] = name.split('[');
    const found = resolve(type, parseAttributePath(bare, 'invalidValue'));
    return found === null ? [] : [found];
  });

const isAlways = (name: string): boolean =>
  COMMON.some((attribute) => attribute.name === name && attribute.returned === 'always');

const listOf = (names: string | readonly string[] | undefined): string[] =>
  (typeof names === 'string' ? names.split(',') : [...(names ?? [])])
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** Reads `attributes` and `excludedAttributes`; the first wins when both are given. */
export const projectionOf = (
  type: ResourceType,
  query: {
    attributes?: string | readonly string[] | undefined;
    excludedAttributes?: string | readonly string[] | undefined;
  },
): Projection => {
  const only = listOf(query.attributes);
  if (only.length > 0) return including(named(type, only));
  return excluding(named(type, listOf(query.excludedAttributes)));
};

const isCore = (one: Named, name: string): one is Resolved =>
  'attribute' in one && one.extension === null && one.attribute.name === name;

const including = (wanted: readonly Named[]): Projection => ({
  wants: (name) => wanted.some((one) => isCore(one, name)),
  apply: (resource) => {
    const shown: JsonObject = {};
    for (const [key, value] of Object.entries(resource)) if (isAlways(key)) shown[key] = value;
    for (const one of wanted) copy(resource, shown, one);
    return shown;
  },
});

const excluding = (unwanted: readonly Named[]): Projection => ({
  wants: (name) => !unwanted.some((one) => isCore(one, name) && one.sub === null),
  apply: (resource) => {
    if (unwanted.length === 0) return resource;
    const shown = structuredClone(resource);
    for (const one of unwanted) drop(shown, one);
    return shown;
  },
});

const copy = (from: JsonObject, to: JsonObject, one: Named): void => {
  if (!('attribute' in one)) {
    const whole = from[one.extension];
    if (whole !== undefined) to[one.extension] = whole;
    return;
  }
  const source = one.extension === null ? from : from[one.extension];
  const value = isObject(source) ? source[one.attribute.name] : undefined;
  if (value === undefined) return;
  const target = one.extension === null ? to : objectAt(to, one.extension);
  const { name } = one.attribute;
  if (one.sub === null) target[name] = value;
  else if (isObject(value)) Object.assign(objectAt(target, name), pick(value, one.sub.name));
  else if (Array.isArray(value)) target[name] = mergeParts(target[name], value, one.sub.name);
};

const objectAt = (holder: JsonObject, key: string): JsonObject => {
  const held = holder[key];
  const object = isObject(held) ? held : {};
  holder[key] = object;
  return object;
};

const pick = (value: JsonObject, key: string): JsonObject => {
  const part = value[key];
  return part === undefined ? {} : { [key]: part };
};

const mergeParts = (shown: unknown, values: readonly unknown[], key: string): JsonObject[] => {
  const before: unknown[] = Array.isArray(shown) ? shown : [];
  return values.filter(isObject).map((value, index) => {
    const already = before[index];
    return { ...(isObject(already) ? already : {}), ...pick(value, key) };
  });
};

const drop = (resource: JsonObject, one: Named): void => {
  if (!('attribute' in one)) {
    delete resource[one.extension];
    return;
  }
  const holder = one.extension === null ? resource : resource[one.extension];
  const { name } = one.attribute;
  if (!isObject(holder) || (one.extension === null && isAlways(name))) return;
  if (one.sub === null) {
    delete holder[name];
    return;
  }
  const held = holder[name];
  const { name: part } = one.sub;
  for (const value of Array.isArray(held) ? held : [held]) if (isObject(value)) delete value[part];
};
