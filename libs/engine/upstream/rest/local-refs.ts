import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

import { leaveOut } from './import-problem.js';

/** Follows a chain of local `$ref`s to an object. */
export const followRef = (document: JsonObject, node: Json | undefined): JsonObject => {
  const seen = new Set<string>();
  for (let at = node; ;) {
    if (!isObject(at)) return leaveOut('a part of it is not an object');
    const ref = at['$ref'];
    if (typeof ref !== 'string') return at;
    if (seen.has(ref)) return leaveOut(`its reference "${shown(ref)}" leads back to itself`);
    seen.add(ref);
    at = pointedAt(document, ref);
  }
};

/** What a local reference points at (RFC 6901, as a URI fragment). */
export const pointedAt = (document: JsonObject, ref: string): Json => {
  if (!ref.startsWith('#/')) return leaveOut(`it refers to "${shown(ref)}" outside the document`);
  let node: Json = document;
  for (const raw of ref.slice(2).split('/')) {
    const key = decoded(raw).replaceAll('~1', '/').replaceAll('~0', '~');
    const next: Json | undefined = Array.isArray(node)
      ? node[/^\d+$/.test(key) ? Number(key) : -1]
      : isObject(node) && Object.hasOwn(node, key)
        ? node[key]
        : undefined;
    if (next === undefined) return leaveOut(`its reference "${shown(ref)}" leads nowhere`);
    node = next;
  }
  return node;
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const shown = (text: string): string => text.slice(0, 200);
