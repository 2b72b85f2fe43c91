import type { Json, JsonObject } from '#libs/platform/kernel';

/** The place in the document that a local `$ref` (`#` or `#/…`) names; undefined when there is none. */
export function resolvePointer(document: JsonObject, reference: string): Json | undefined {
  if (reference === '#') return document;
  if (!reference.startsWith('#/')) return undefined;
  let current: Json = document;
  for (const encoded of reference.slice(2).split('/')) {
    const key = decode(encoded);
    if (key === null || typeof current !== 'object' || current === null) return undefined;
    if (!Object.hasOwn(current, key)) return undefined;
    const next: Json | undefined = (current as JsonObject)[key];
    if (next === undefined) return undefined;
    current = next;
  }
  return current;
}

/** RFC 6901 in a URI fragment: percent-encoding outside, `~1` and `~0` inside. */
function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return null;
  }
}
