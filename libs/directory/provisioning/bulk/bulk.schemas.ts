import { z } from 'zod';

/** One operation of a bulk request (RFC 7644 §3.7). */
export const bulkOperationSchema = z.object({
  method: z.string().max(10),
  path: z.string().max(500),
  bulkId: z.string().min(1).max(200).nullish(),
  version: z.string().max(200).nullish(),
  data: z.record(z.string(), z.json()).nullish(),
});

/** A bulk request; each operation is looked at by itself, so that a bad one is its own failure. */
export const bulkRequestSchema = z.object({
  schemas: z.array(z.string().max(300)).max(10).optional(),
  failOnErrors: z.number().int().min(1).nullish(),
  Operations: z.array(z.unknown()),
});

/** What came of a bulk request: one result for each operation that was carried out. */
export const bulkResponseSchema = z.object({
  schemas: z.array(z.string()),
  Operations: z.array(
    z.object({
      method: z.string(),
      bulkId: z.string().optional(),
      location: z.string().optional(),
      version: z.string().optional(),
      status: z.string(),
      response: z.looseObject({}).optional(),
    }),
  ),
});

/** One of {@link bulkRequestSchema}. */
export type BulkRequest = z.infer<typeof bulkRequestSchema>;
/** One of {@link bulkResponseSchema}. */
export type BulkResponse = z.infer<typeof bulkResponseSchema>;
