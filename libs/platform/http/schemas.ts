import { z } from 'zod';

/** An identifier: a UUID in its canonical form. */
export const idSchema = z.uuid().meta({ description: 'A UUID.' });

/** A slug: what people type and policies name. */
export const slugSchema = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and single hyphens');

/** A line of text written by a person: trimmed, bounded, no control characters, none that turns text round. */
export const lineSchema = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u, 'control characters are not allowed');

/** Text written by a person, of one line or several: what {@link lineSchema} rejects but for tabs and line ends. */
export const textSchema = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength)
    .regex(
      /^(?:[^\p{Cc}\u202a-\u202e\u2066-\u2069]|[\t\r\n])*$/u,
      'control characters are not allowed',
    );

/** Why somebody does something: goes into the ledger beside the act. */
export const reasonSchema = textSchema(500).min(3);

/** A moment, RFC 3339 in UTC with milliseconds; PostgreSQL knows no year 0. */
export const timeSchema = z.iso
  .datetime()
  .refine((time) => !time.startsWith('0000'), 'use a year from 1 on');

/** The query of every list: pages start at 1, `perPage` is at most 100. */
export const pageQuerySchema = z.object({
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  perPage: z.coerce.number().int().min(1).max(100).default(25),
  order: z.enum(['asc', 'desc']).default('desc'),
});

/** One page of a list and how many there are in all. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), total: z.number().int().min(0) });

/** A person as shown beside what they did or own. */
export const personRefSchema = z.object({ id: idSchema, name: z.string(), email: z.string() });

/** Something with an id and a name, as a link shows it. */
export const refSchema = z.object({ id: idSchema, name: z.string() });

/** The parameters of a route about one thing. */
export const idParamsSchema = z.strictObject({ id: idSchema });

/** RFC 9457 problem details, with our stable `code` and the trace id. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  traceId: z.string().optional(),
  problems: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  reason: z.string().optional(),
  rule: z.string().nullable().optional(),
  remedy: z.string().nullable().optional(),
});
