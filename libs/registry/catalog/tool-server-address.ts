import { z } from 'zod';

const openapiSchema = z.object({ url: z.string() });

/** Where a tool server is asked for its tools: its endpoint, or its OpenAPI document. */
export const addressOf = (server: {
  kind: 'mcp' | 'rest';
  url: string;
  openapi: unknown;
}): string => (server.kind === 'mcp' ? server.url : openapiSchema.parse(server.openapi).url);
