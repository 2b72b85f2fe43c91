import { z } from 'zod';
import { NAMED_KINDS, type NameBinding } from './name-bindings.js';

const schema = z.array(
  z.strictObject({ kind: z.enum(NAMED_KINDS), name: z.string(), id: z.string() }),
);

/** Reads what a policy version keeps; null for anything else, which is never "no names". */
export const readNameBindings = (stored: unknown): NameBinding[] | null =>
  schema.safeParse(stored).data ?? null;
