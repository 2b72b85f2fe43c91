import type { Json } from '#libs/platform/kernel';
import { z } from 'zod';
import { badRequest } from '../errors.js';

/** One operation of a PATCH, in our own spelling. */
export interface PatchOperation {
  op: 'add' | 'replace' | 'remove';
  path: string | null;
  value: Json | undefined;
}

const MAX_OPERATIONS = 1000;
const OPS = ['add', 'replace', 'remove'] as const;

const rawSchema = z.object({
  op: z.string(),
  path: z.string().max(2000).nullish(),
  value: z.json().optional(),
});

const entry = (body: object, name: string): unknown =>
  Object.entries(body).find(([key]) => key.toLowerCase() === name)?.[1];

/** Reads a PatchOp message (RFC 7644 §3.5.2). @throws ScimError `invalidSyntax` */
export const readPatch = (body: object): PatchOperation[] => {
  const operations = entry(body, 'operations');
  if (!Array.isArray(operations) || operations.length === 0)
    throw badRequest('invalidSyntax', 'Operations must be a list with at least one operation.');
  if (operations.length > MAX_OPERATIONS)
    throw badRequest('tooMany', `At most ${MAX_OPERATIONS} operations in one PATCH: send fewer.`);
  return operations.map(readOperation);
};

// RFC 7643 §2.1: names are the same in any case, these too.
const inOurSpelling = (raw: unknown): unknown =>
  typeof raw !== 'object' || raw === null
    ? raw
    : {
        op: entry(raw, 'op'),
        path: entry(raw, 'path'),
        value: entry(raw, 'value'),
      };

const readOperation = (raw: unknown): PatchOperation => {
  const parsed = rawSchema.safeParse(inOurSpelling(raw));
  if (!parsed.success) throw badRequest('invalidSyntax', 'An operation has op, path and value.');
  // Entra writes Add, Replace and Remove.
  const op = OPS.find((known) => known === parsed.data.op.toLowerCase());
  if (op === undefined)
    throw badRequest('invalidSyntax', 'op must be one of add, replace and remove.');
  const { path, value } = parsed.data;
  if (op === 'add' && value === undefined)
    throw badRequest('invalidValue', 'An add operation needs a value.');
  return { op, path: path === undefined || path === null || path === '' ? null : path, value };
};
