import { z } from 'zod';
import { registerToolServerSchema } from '../catalog.schemas.js';

/** What a tool server would be registered with, as far as it says where and what it is. */
export const testToolServerSchema = registerToolServerSchema
  .pick({ slug: true, kind: true, url: true, openapiUrl: true })
  .partial({ slug: true });

/** What was found at the address; nothing of it is kept. */
export const toolServerTestSchema = z.object({
  ok: z.boolean(),
  /** Why not, and what to do; null where all is well. */
  problem: z.string().nullable(),
  /** Which revision of MCP it speaks; null for a REST service. */
  protocolVersion: z.string().nullable(),
  /** What it calls itself, in its own words. */
  serverName: z.string().nullable(),
  serverVersion: z.string().nullable(),
  /** How many of its tools could be pinned. */
  toolCount: z.int(),
  leftOutCount: z.int(),
  /** The first twenty that could not, with the reasons. */
  leftOut: z.array(z.object({ name: z.string(), reason: z.string() })),
});
