import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

import { leaveOut } from './import-problem.js';

/** Follows a chain of local `$ref`s to an object; `seen` holds the references that are open above it. */
export const followRef = (
  document: JsonObject,
  node: Json | undefined,
  seen: readonly string[] = [],
): { node: JsonObject; seen: readonly string[] } => {
  if (!isObject(node)) return leaveOut('a part of it is not an object');
  const ref = node['$ref'];
  if (typeof ref !== 'string') return { node, seen };
  if (!ref.startsWith('#/')) return leaveOut(`it refers to "${shown(ref)}" outside the document`);
  if (seen.includes(ref)) return leaveOut(`its reference "${shown(ref)}" leads back to itself`);
  return followRef(document, pointedAt(document, ref), [...seen, ref]);
};

/** RFC 6901, as a URI fragment. */
const pointedAt = (document: JsonObject, ref: string): Json => {
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
