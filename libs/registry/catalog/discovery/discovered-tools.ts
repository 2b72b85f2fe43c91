import { DomainError, isObject, type JsonObject } from '#libs/platform/kernel';
import {
  definitionDigest,
  fetchDocument,
  importOpenApi,
  McpUpstream,
  type Outbound,
  type RestOperation,
} from '#libs/engine/upstream';
import { classifyUndecided, MAX_DEFINITIONS_LENGTH } from '../catalog.rules.js';
import { maxToolNameLength, type DiscoveredTool, type UnsupportedTool } from './validate-tools.js';

/** What a tool server says that it offers. */
export interface Offer {
  tools: DiscoveredTool[];
  /** What it described in a way that makes no tool. */
  rejected: UnsupportedTool[];
  /** REST only: the document. */
  document: JsonObject | null;
}

const CLIENT = { name: 'gatehouse', version: '0.1.0' };
const DOCUMENT_TIMEOUT_MS = 30_000;

/** Asks an MCP server for its tools. @throws UpstreamError, DomainError `invalid_input` */
export const discoveredOverMcp = async (outbound: Outbound, url: string): Promise<Offer> => {
  const upstream = new McpUpstream(outbound, { url, clientInfo: CLIENT, maxSessions: 1 });
  try {
    const listed = await upstream.listTools();
    const offer = digested(listed.tools.map((tool) => ({ ...tool, operation: null })));
    return { ...offer, rejected: [...offer.rejected, ...listed.rejected], document: null };
  } finally {
    await upstream.close();
  }
};

/** Reads a REST service's OpenAPI document. @throws UpstreamError, DomainError `invalid_input` */
export const discoveredOverRest = async (
  outbound: Outbound,
  { openapiUrl, baseUrl, slug }: { openapiUrl: string; baseUrl: string; slug: string },
): Promise<Offer> => {
  const document = await fetchDocument(outbound, {
    url: openapiUrl,
    timeoutMs: DOCUMENT_TIMEOUT_MS,
  });
  const { tools, problems } = importOpenApi(document, {
    baseUrl,
    maxNameLength: maxToolNameLength(slug),
  });
  if (!isObject(document) || (tools.length === 0 && problems.length > 0)) {
    const why = problems[0]?.message ?? 'It is not a JSON object.';
    throw new DomainError('invalid_input', `No tool can be made of the OpenAPI document. ${why}`);
  }
  const left = problems.map(({ path, message }) => ({ name: path, reason: message }));
  const offer = digested(
    tools.map((tool) => ({
      ...tool,
      operation: asJson(tool.operation),
      outputSchema: null,
      otherFields: {},
    })),
  );
  return { tools: offer.tools, rejected: [...offer.rejected, ...left], document };
};

const asJson = (operation: RestOperation): JsonObject => operation as unknown as JsonObject;

// Half a character or 1e999 has no canonical form to take a digest of: that tool is unfit, not the rest.
const digested = (
  found: readonly Omit<DiscoveredTool, 'definitionDigest' | 'classification'>[],
): Pick<Offer, 'tools' | 'rejected'> => {
  const offer: Pick<Offer, 'tools' | 'rejected'> = { tools: [], rejected: [] };
  for (const tool of found) {
    // A document's own classification is a claim like any other: its annotations repeat it.
    const classification = classifyUndecided(tool.annotations);
    try {
      offer.tools.push({ ...tool, classification, definitionDigest: definitionDigest(tool) });
    } catch {
      const reason = 'its definition holds a character or number that cannot be stored';
      offer.rejected.push({ name: tool.name, reason });
    }
  }
  const length = offer.tools.reduce((sum, tool) => sum + JSON.stringify(tool).length, 0);
  if (length <= MAX_DEFINITIONS_LENGTH) return offer;
  const message = `The tools' definitions have more than ${MAX_DEFINITIONS_LENGTH} characters together.`;
  throw new DomainError('invalid_input', message);
};
