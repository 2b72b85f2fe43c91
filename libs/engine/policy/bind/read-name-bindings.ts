import { z } from 'zod';
import { NAMED_KINDS, type NameBinding } from './name-bindings.js';

const schema = z.array(
  z.strictObject({ kind: z.enum(NAMED_KINDS), name: z.string(), id: z.string() }),
);

/** Reads what a policy version keeps; anything else is a fault, never "no names". */
export const readNameBindings = (stored: unknown): NameBinding[] => schema.parse(stored);
