import { z } from 'zod';

const text = (max: number) => z.string().max(max).optional();

/** The query of a list (RFC 7644 §3.4.2, RFC 9865); other parameters are ignored, as the RFC says. */
export const listQuerySchema = z.object({
  filter: text(8192),
  sortBy: text(300),
  sortOrder: z.string().max(20).optional(),
  startIndex: text(20),
  count: text(20),
  cursor: text(4096),
  attributes: text(4096),
  excludedAttributes: text(4096),
});

const names = z.array(z.string().max(300)).max(100).optional();
const number = z.union([z.number(), z.string().max(20)]).optional();

/** The same as a message to /.search (RFC 7644 §3.4.3). */
export const searchRequestSchema = z.object({
  schemas: z.array(z.string().max(300)).max(10).optional(),
  filter: text(8192),
  sortBy: text(300),
  sortOrder: z.string().max(20).optional(),
  startIndex: number,
  count: number,
  cursor: text(4096),
  attributes: names,
  excludedAttributes: names,
});

/** What one resource's address takes. */
export const projectionQuerySchema = listQuerySchema.pick({
  attributes: true,
  excludedAttributes: true,
});

/** A list as it was asked for, by either way. */
export type ListQuery = z.infer<typeof listQuerySchema> | z.infer<typeof searchRequestSchema>;
