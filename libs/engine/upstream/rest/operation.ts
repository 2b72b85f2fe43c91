import type { JsonObject } from '#libs/platform/kernel';

/** HTTP methods that an operation may have. */
export const REST_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** One of {@link REST_METHODS}. */
export type RestMethod = (typeof REST_METHODS)[number];

/** What people decide about a tool's effect, here as the document suggests it. */
export type SuggestedClassification = 'read' | 'write' | 'destructive';

/** Where a parameter of a request stands. */
export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

/** How a value that is no scalar is written; `json` writes any value as JSON. */
export type ParameterStyle =
  | 'simple'
  | 'label'
  | 'matrix'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'deepObject'
  | 'json';

/** A value under a name, and how it is written. */
export interface WrittenValue {
  /** The tool's argument that it is taken from. */
  argument: string;
  /** Its name in the request. */
  name: string;
  style: ParameterStyle;
  explode: boolean;
}

/** One parameter of a request. */
export interface RestParameter extends WrittenValue {
  in: ParameterPlace;
}

/** One member of a body, taken from an argument of its own. */
export interface BodyMember extends WrittenValue {
  /** Multipart: whether the argument is a file, or a list of files. */
  isFile: boolean;
  /** Multipart: the media type of its part, where the document says one. */
  mediaType: string | null;
}

/** How a body is written. */
export type BodyFormat = 'json' | 'form' | 'multipart' | 'text' | 'binary';

/** What a request's body is made of. */
export interface RestBody {
  format: BodyFormat;
  mediaType: string;
  /** Without it, a call that gives nothing for the body sends none. */
  isRequired: boolean;
  /** Null: one argument is the whole body. */
  members: BodyMember[] | null;
  /** The argument that is the whole body, or null. */
  argument: string | null;
}

/** How a REST tool's arguments become an HTTP request. */
export interface RestOperation {
  method: RestMethod;
  /** The path template under the base address, for example `/tickets/{ticket}`. */
  path: string;
  /** What stands for the base address's own path, where the document says so for this operation. */
  basePath: string | null;
  parameters: RestParameter[];
  body: RestBody | null;
  /** The media types that the document says it answers with. */
  accept: string;
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
