import { compareText, type Json } from '#libs/platform/kernel';

/** Whether two items are equal as JSON values, whatever the order of their keys; one pass. */
export function hasDuplicates(items: readonly Json[]): boolean {
  const seen = new Set<string>();
  for (const item of items) {
    const key = JSON.stringify(inKeyOrder(item));
    if (seen.has(key)) return true;
    seen.add(key);
  }
  return false;
}

// An object becomes a list of its sorted entries, marked so that it never equals a list of the caller's.
function inKeyOrder(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return ['list', ...value.map(inKeyOrder)];
  const entries = Object.entries(value).sort(([a], [b]) => compareText(a, b));
  return ['object', ...entries.flatMap(([key, inner]) => [key, inKeyOrder(inner)])];
}
