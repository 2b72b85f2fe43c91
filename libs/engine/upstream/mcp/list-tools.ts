import { isObject, type JsonObject } from '#libs/platform/kernel';
import { z } from 'zod';

import { UpstreamError } from '../errors.js';
import type { RpcOutcome } from './json-rpc.js';
import { hasValidParamHeaders } from './param-headers.js';

const MAX_PAGES = 64;
const MAX_TOOLS = 2000;

/** A tool as its server describes it, unchanged but for null where something is absent. */
export interface UpstreamTool {
  name: string;
  title: string | null;
  description: string | null;
  inputSchema: JsonObject;
  annotations: JsonObject;
}

const jsonObject = z.custom<JsonObject>(isObject);

const pageSchema = z.looseObject({
  tools: z
    .array(
      z.looseObject({
        name: z.string().min(1).max(128),
        title: z.string().max(1000).nullish(),
        description: z.string().max(100_000).nullish(),
        inputSchema: jsonObject,
        annotations: jsonObject.nullish(),
      }),
    )
    .max(MAX_TOOLS),
  nextCursor: z.string().max(10_000).nullish(),
});

/** Walks all pages of `tools/list`; bounded, and rejected as a whole if any part is malformed. */
export const listAllTools = async (
  fetchPage: (params: JsonObject) => Promise<RpcOutcome>,
  era: 'legacy' | 'modern',
): Promise<UpstreamTool[]> => {
  const tools = new Map<string, UpstreamTool>();
  const cursors = new Set<string>();
  let params: JsonObject = {};
  for (let page = 1; ; page += 1) {
    const { found, nextCursor } = readPage(await fetchPage(params));
    for (const tool of found) {
      if (tools.has(tool.name)) throw rejected(`lists the tool "${tool.name}" twice`);
      tools.set(tool.name, tool);
    }
    if (nextCursor === undefined) break;
    if (page === MAX_PAGES || tools.size > MAX_TOOLS || cursors.has(nextCursor))
      throw rejected(`lists more than ${String(MAX_TOOLS)} tools or ${String(MAX_PAGES)} pages`);
    cursors.add(nextCursor);
    params = { cursor: nextCursor };
  }
  // 2026-07-28 obliges clients to leave out a tool whose header declarations are malformed.
  return [...tools.values()].filter(
    ({ inputSchema }) => era === 'legacy' || hasValidParamHeaders(inputSchema),
  );
};

const readPage = (
  outcome: RpcOutcome,
): { found: UpstreamTool[]; nextCursor: string | undefined } => {
  if ('error' in outcome)
    throw rejected(
      `did not list its tools (JSON-RPC ${String(outcome.error.code)}: ${outcome.error.message})`,
    );
  const parsed = pageSchema.safeParse(outcome.result);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    throw rejected(`sent a list of tools that is malformed at "${where}"`);
  }
  const found = parsed.data.tools.map(({ name, title, description, inputSchema, annotations }) => ({
    name,
    title: title ?? null,
    description: description ?? null,
    inputSchema,
    annotations: annotations ?? {},
  }));
  return { found, nextCursor: parsed.data.nextCursor ?? undefined };
};

const rejected = (what: string): UpstreamError =>
  new UpstreamError('upstream_failed', `The tool server ${what}.`, 'none');
