import { idSchema } from '#libs/platform/http';
import { isObject, type JsonObject } from '#libs/platform/kernel';
import { z } from 'zod';

// It was parsed from JSON, and its attributes are read by their schemas: to walk through 20,000 members here,
// too, would take the process a second.
const jsonObjectSchema = z.custom<JsonObject>(isObject, 'must be an object');

/** What makes a resource. */
export const createInputSchema = z.strictObject({ resource: jsonObjectSchema });

/** What changes one: the whole resource (PUT), or operations on it (PATCH). */
export const changeInputSchema = z.strictObject({
  id: idSchema,
  ifMatch: z.string().max(500).nullable(),
  change: z.union([
    z.strictObject({ resource: jsonObjectSchema }),
    z.strictObject({ patch: jsonObjectSchema }),
  ]),
});

/** What takes one away. */
export const deleteInputSchema = z.strictObject({
  id: idSchema,
  ifMatch: z.string().max(500).nullable(),
});

/** One of {@link createInputSchema}. */
export type CreateInput = z.infer<typeof createInputSchema>;
/** One of {@link changeInputSchema}. */
export type ChangeInput = z.infer<typeof changeInputSchema>;
/** One of {@link deleteInputSchema}. */
export type DeleteInput = z.infer<typeof deleteInputSchema>;

/** What a command that made, changed or removed a resource answers: which one, and its version now. */
export interface Done {
  id: string;
  version: number;
}
