import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

/** A schema of an older draft in the words of 2020-12, which mean the same. */
export function inWordsOfToday(source: JsonObject): JsonObject {
  return withoutBooleanBounds(withoutDependencies(withoutOldTuples(source)));
}

/** Draft-07 wrote a tuple as a list under `items`. */
function withoutOldTuples({ items, additionalItems, ...rest }: JsonObject): JsonObject {
  if (!Array.isArray(items)) return items === undefined ? rest : { ...rest, items };
  return {
    ...rest,
    prefixItems: items,
    ...(additionalItems === undefined ? {} : { items: additionalItems }),
  };
}

/** Until draft-07 one keyword held what `dependentRequired` and `dependentSchemas` do. */
function withoutDependencies({ dependencies, ...rest }: JsonObject): JsonObject {
  if (!isObject(dependencies))
    return dependencies === undefined ? rest : { ...rest, dependentSchemas: dependencies };
  const entries = Object.entries(dependencies);
  const lists = entries.filter(([, one]) => Array.isArray(one));
  const schemas = entries.filter(([, one]) => !Array.isArray(one));
  return {
    ...rest,
    ...joined('dependentRequired', rest['dependentRequired'], lists),
    ...joined('dependentSchemas', rest['dependentSchemas'], schemas),
  };
}

const joined = (name: string, own: Json | undefined, more: [string, Json][]): JsonObject =>
  more.length === 0
    ? {}
    : { [name]: { ...Object.fromEntries(more), ...(isObject(own) ? own : {}) } };

/** Draft-04 said beside a bound whether it is exclusive. */
function withoutBooleanBounds(source: JsonObject): JsonObject {
  const target: Record<string, Json> = { ...source };
  for (const [exclusive, bound] of [
    ['exclusiveMaximum', 'maximum'],
    ['exclusiveMinimum', 'minimum'],
  ] as const) {
    if (typeof target[exclusive] !== 'boolean') continue;
    const isExclusive = target[exclusive];
    delete target[exclusive];
    const value = target[bound];
    if (!isExclusive || value === undefined) continue;
    delete target[bound];
    target[exclusive] = value;
  }
  return target;
}
