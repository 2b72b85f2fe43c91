import type { JsonObject } from '#libs/platform/kernel';

/** HTTP methods that an operation may have. */
export const REST_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** One of {@link REST_METHODS}. */
export type RestMethod = (typeof REST_METHODS)[number];

/** What people decide about a tool's effect, here as the document suggests it. */
export type SuggestedClassification = 'read' | 'write' | 'destructive';

/** How a REST tool's arguments become an HTTP request. */
export interface RestOperation {
  method: RestMethod;
  /** The path template under the base address, for example `/tickets/{ticket}`. */
  path: string;
  parameters: { name: string; in: 'path' | 'query' }[];
  /** The arguments that are members of the JSON body, or null for no body. */
  body: string[] | null;
}

/** One operation of an OpenAPI document as a tool. */
export interface RestTool {
  name: string;
  title: string | null;
  description: string | null;
  inputSchema: JsonObject;
  annotations: JsonObject;
  classification: SuggestedClassification;
  operation: RestOperation;
}
