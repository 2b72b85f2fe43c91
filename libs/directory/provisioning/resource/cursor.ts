import { createHash } from 'node:crypto';
import type { SecretBox } from '#libs/platform/secrets';
import { z } from 'zod';
import { badRequest } from '../errors.js';
import type { ScimClient } from '../scim-client.js';
import type { ResourceType } from '../schema/attribute.js';
import type { ListQuery } from './list-query.js';

/** How long a cursor can be used. */
export const CURSOR_TTL_SECONDS = 3600;

/** The last resource of a page: the next one begins after it. */
const positionSchema = z.object({ value: z.string().nullable(), id: z.uuid() });
const sealedSchema = z.object({ after: positionSchema, expiresAtMs: z.number() });

/** One of {@link positionSchema}. */
export type Position = z.infer<typeof positionSchema>;

// A cursor is good for the token and the question that it was given to, and for nothing else.
const contextOf = (client: ScimClient, type: ResourceType, query: ListQuery): string => {
  const { filter = '', sortBy = '', sortOrder = '' } = query;
  const question = JSON.stringify([
    client.id,
    client.tokenId,
    type.name,
    filter,
    sortBy,
    sortOrder,
  ]);
  return `scim-cursor:${createHash('sha256').update(question).digest('hex')}`;
};

/** Seals where a page ended (RFC 9865). */
export const sealCursor = (
  box: SecretBox,
  client: ScimClient,
  type: ResourceType,
  query: ListQuery,
  after: Position,
  now: Date,
): string => {
  const expiresAtMs = now.getTime() + CURSOR_TTL_SECONDS * 1000;
  return box.seal(JSON.stringify({ after, expiresAtMs }), contextOf(client, type, query));
};

/** Opens a cursor for the same question. @throws ScimError `invalidCursor`, `expiredCursor` */
export const openCursor = (
  box: SecretBox,
  client: ScimClient,
  type: ResourceType,
  query: ListQuery,
  now: Date,
): Position | null => {
  if (query.cursor === undefined || query.cursor === '') return null;
  const sealed = sealedSchema.safeParse(
    unsealed(box, query.cursor, contextOf(client, type, query)),
  );
  if (!sealed.success)
    throw badRequest('invalidCursor', 'The cursor is not of this list. Begin again without one.');
  if (sealed.data.expiresAtMs <= now.getTime())
    throw badRequest('expiredCursor', 'The cursor has expired. Begin again without one.');
  return sealed.data.after;
};

const unsealed = (box: SecretBox, cursor: string, context: string): unknown => {
  try {
    return JSON.parse(box.open(cursor, context));
  } catch {
    return null;
  }
};
