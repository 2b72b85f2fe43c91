import type { Json, JsonObject } from '#libs/kernel';
import { DomainError } from '#libs/kernel';
import {
  definitionDigest,
  fetchDocument,
  importOpenApi,
  McpUpstream,
  type Outbound,
} from '#libs/upstream';
import { classify } from '../catalog.rules.js';
import type { OfferedTool, RefusedTool } from './sift-tools.js';

/** What a tool server says that it offers. */
export interface Offer {
  tools: OfferedTool[];
  /** What it described in a way that makes no tool. */
  refused: RefusedTool[];
  /** REST only: the document. */
  document: JsonObject | null;
}

const CLIENT = { name: 'gatehouse', version: '0.1.0' };
const DOCUMENT_TIMEOUT_MS = 30_000;

/** Asks an MCP server for its tools. @throws UpstreamError */
export const offerOfMcp = async (outbound: Outbound, url: string): Promise<Offer> => {
  const upstream = new McpUpstream(outbound, { url, clientInfo: CLIENT, maxSessions: 1 });
  try {
    const tools = (await upstream.listTools()).map((tool): OfferedTool => {
      const definition = { ...tool, operation: null };
      const classification = classify(tool.annotations);
      return { ...definition, classification, definitionDigest: definitionDigest(definition) };
    });
    return { tools, refused: [], document: null };
  } finally {
    await upstream.close();
  }
};

/** Reads a REST service's OpenAPI document. @throws UpstreamError, DomainError `invalid_input` */
export const offerOfRest = async (outbound: Outbound, openapiUrl: string): Promise<Offer> => {
  const document = await fetchDocument(outbound, {
    url: openapiUrl,
    timeoutMs: DOCUMENT_TIMEOUT_MS,
  });
  const { tools, problems } = importOpenApi(document);
  if (!isObject(document) || (tools.length === 0 && problems.length > 0)) {
    const why = problems[0]?.message ?? 'It is not a JSON object.';
    throw new DomainError('invalid_input', `No tool can be made of the OpenAPI document. ${why}`);
  }
  return {
    tools: tools.map(({ classification, ...tool }): OfferedTool => {
      const operation = { ...tool.operation };
      const definition = { ...tool, operation };
      return { ...definition, classification, definitionDigest: definitionDigest(definition) };
    }),
    refused: problems.map(({ path, message }) => ({ name: path, reason: message })),
    document,
  };
};

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
