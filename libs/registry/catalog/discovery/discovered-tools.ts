import { createHash } from 'node:crypto';
import { setImmediate as letOthersRun } from 'node:timers/promises';
import { DomainError, type JsonObject } from '#libs/platform/kernel';
import {
  definitionDigest,
  fetchDocumentBytes,
  importDocument,
  MAX_DOCUMENT_BYTES,
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
  /** REST only: the SHA-256, hex, of the document. */
  documentDigest: string | null;
}

/** Who asks tool servers for their tools. */
export const CLIENT = { name: 'gatehouse', version: '0.1.0' };
const DOCUMENT_TIMEOUT_MS = 30_000;

/** Asks an MCP server for its tools. @throws UpstreamError, DomainError `invalid_input` */
export const discoveredOverMcp = async (outbound: Outbound, url: string): Promise<Offer> => {
  const upstream = new McpUpstream(outbound, { url, clientInfo: CLIENT, maxSessions: 1 });
  try {
    const listed = await upstream.listTools();
    const offer = await digested(listed.tools.map((tool) => ({ ...tool, operation: null })));
    return { ...offer, rejected: [...offer.rejected, ...listed.rejected], documentDigest: null };
  } finally {
    await upstream.close();
  }
};

/** Reads a REST service's OpenAPI document. @throws UpstreamError, DomainError `invalid_input` */
export const discoveredOverRest = async (
  outbound: Outbound,
  { openapiUrl, baseUrl, slug }: { openapiUrl: string; baseUrl: string; slug: string },
): Promise<Offer> => {
  const bytes = await fetchDocumentBytes(outbound, {
    url: openapiUrl,
    timeoutMs: DOCUMENT_TIMEOUT_MS,
    maxBytes: MAX_DOCUMENT_BYTES,
  });
  const documentDigest = createHash('sha256').update(bytes).digest('hex');
  const { tools, problems } = await importDocument(bytes, {
    baseUrl,
    maxNameLength: maxToolNameLength(slug),
  });
  if (tools.length === 0 && problems.length > 0) {
    const why = problems[0]?.message ?? '';
    throw new DomainError('invalid_input', `No tool can be made of the OpenAPI document. ${why}`);
  }
  const left = problems.map(({ path, message }) => ({ name: path, reason: message }));
  const offer = await digested(
    tools.map((tool) => ({
      ...tool,
      operation: asJson(tool.operation),
      outputSchema: null,
      otherFields: {},
    })),
  );
  return { tools: offer.tools, rejected: [...offer.rejected, ...left], documentDigest };
};

const asJson = (operation: RestOperation): JsonObject => operation as unknown as JsonObject;

// Half a character or 1e999 has no canonical form to take a digest of: that tool is unfit, not the rest.
const digested = async (
  found: readonly Omit<DiscoveredTool, 'definitionDigest' | 'classification'>[],
): Promise<Pick<Offer, 'tools' | 'rejected'>> => {
  const offer: Pick<Offer, 'tools' | 'rejected'> = { tools: [], rejected: [] };
  let length = 0;
  for (const tool of found) {
    await letOthersRun();
    // A document's own classification is a claim like any other: its annotations repeat it.
    const classification = classifyUndecided(tool.annotations);
    try {
      offer.tools.push({ ...tool, classification, definitionDigest: definitionDigest(tool) });
      length += JSON.stringify(tool).length;
    } catch {
      const reason = 'its definition holds a character or number that cannot be stored';
      offer.rejected.push({ name: tool.name, reason });
    }
  }
  if (length <= MAX_DEFINITIONS_LENGTH) return offer;
  const message = `The tools' definitions have more than ${MAX_DEFINITIONS_LENGTH} characters together.`;
  throw new DomainError('invalid_input', message);
};
