import type { Node } from 'yaml';
import { z } from 'zod';
import type { YamlReader } from './yaml-reader.js';

const MAX_LENGTH = 40;
const instant = z.iso.datetime({ offset: true });
const NO_INSTANT =
  '`expiresAt` must be a timestamp with its time zone (RFC 3339), for example 2030-01-31T17:00:00Z.';

/** Reads a rule's `expiresAt`, in milliseconds since 1970. */
export function parseExpiresAt(
  reader: YamlReader,
  node: Node | null,
  keyNode: Node,
): number | null {
  const text = reader.text(node, '`expiresAt`', MAX_LENGTH, keyNode);
  if (text === null) return null;
  const expiresAtMs = instant.safeParse(text).success ? Date.parse(text) : Number.NaN;
  return Number.isFinite(expiresAtMs) ? expiresAtMs : reader.reject(node, NO_INSTANT);
}
