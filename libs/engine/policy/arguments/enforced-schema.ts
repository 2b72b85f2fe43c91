import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import type { ClosedSchema } from './close-schema.js';
import { checkedValue, IMPOSSIBLE, UNCHECKED } from './marked-keywords.js';
import {
  ANNOTATIONS,
  CHOICES,
  IN_PLACE,
  IN_PLACE_LISTS,
  IN_PLACE_MAPS,
  INNER,
  INNER_LISTS,
  INNER_MAPS,
  PLAIN,
  QUESTIONS,
} from './schema-keywords.js';
import { STEPS_KEYWORD, stepsOf } from './steps-keyword.js';

const LISTS: ReadonlySet<string> = new Set([...INNER_LISTS, ...IN_PLACE_LISTS]);
const MAPS: ReadonlySet<string> = new Set([...INNER_MAPS, ...IN_PLACE_MAPS]);
const ONES: ReadonlySet<string> = new Set([...INNER, ...IN_PLACE, ...QUESTIONS]);

/** What Ajv is given of a closed schema: the keywords that say which values are valid, and what each visit costs. */
export function enforcedSchema(
  { schema, ofChoices }: ClosedSchema,
  notes: Set<string>,
): Record<string, Json> {
  const { $defs, ...root } = schema;
  const definitions = Object.entries(isObject($defs) ? $defs : {}).map(([name, one]) => [
    name,
    enforced(one, ofChoices.has(name), notes),
  ]);
  return { ...ofObject(root, false, notes), $defs: Object.fromEntries(definitions) as JsonObject };
}

function enforced(schema: Json, isChoice: boolean, notes: Set<string>): Json {
  return isObject(schema) ? ofObject(schema, isChoice, notes) : schema;
}

/** `isChoice`: whether it may turn out not to apply; then nothing is filled in by it. */
function ofObject(source: JsonObject, isChoice: boolean, notes: Set<string>): Record<string, Json> {
  const target: Record<string, Json> = {};
  for (const [keyword, value] of Object.entries(source)) {
    if (PLAIN.has(keyword)) {
      if (keyword === 'default' && isChoice) continue;
      const checked = checkedValue(keyword, value);
      if (checked === IMPOSSIBLE) return { not: {} };
      if (checked !== UNCHECKED) target[keyword] = checked;
      else notes.add(`A \`${keyword}\` has a number that is not kept; it is not used.`);
      continue;
    }
    const inner = isChoice || CHOICES.has(keyword);
    const one = (schema: Json): Json => enforced(schema, inner, notes);
    if (keyword === '$ref') target['$ref'] = value;
    else if (ONES.has(keyword)) target[keyword] = one(value);
    else if (LISTS.has(keyword)) target[keyword] = (value as Json[]).map(one);
    else if (MAPS.has(keyword))
      target[keyword] = Object.fromEntries(
        Object.entries(value as JsonObject).map(([name, schema]) => [name, one(schema)]),
      );
    else if (!ANNOTATIONS.has(keyword)) notes.add(noteOn(keyword));
  }
  const steps = stepsOf(target);
  if (steps > 0) target[STEPS_KEYWORD] = steps;
  return target;
}

const noteOn = (keyword: string): string =>
  keyword === 'format'
    ? 'The keyword `format` is not checked.'
    : `The keyword \`${keyword.slice(0, 40).replace(/[^\x20-\x7e]/g, '?')}\` is not known and not checked.`;
