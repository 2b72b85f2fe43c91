import {
  isExactObject,
  markNumbersIn,
  type ExactJson,
  type ExactObject,
  type JsonObject,
} from '#libs/platform/kernel';
import { z } from 'zod';

import { unusableServer } from '../errors.js';
import type { RpcOutcome } from './json-rpc.js';
import { hasValidParamHeaders } from './param-headers.js';

const MAX_PAGES = 64;
// More than can be pinned, so that a server with too many is told so.
const MAX_TOOLS = 5000;
const MAX_NAME_LENGTH = 128;

/** A tool as its server describes it, unchanged but for null where something is absent. */
export interface UpstreamTool {
  name: string;
  title: string | null;
  description: string | null;
  /** Numbers that a double does not keep are marked, here and in what follows. */
  inputSchema: JsonObject;
  outputSchema: JsonObject | null;
  annotations: JsonObject;
  /** Whatever else its definition says: icons, _meta, execution, and what we do not know. */
  otherFields: JsonObject;
}

/** What a server lists: one description that makes no tool costs none of the others. */
export interface UpstreamTools {
  tools: UpstreamTool[];
  /** As the server names them, as far as it does. */
  rejected: { name: string; reason: string }[];
}

// Handed on as they are: a copy by zod would lose numbers that are no doubles.
const object = z.custom<ExactObject>(isExactObject, 'must be an object');
const anything = z.custom<ExactJson>(() => true);

const pageSchema = z.looseObject({
  tools: z.array(anything).max(MAX_TOOLS),
  nextCursor: z.string().max(10_000).nullish(),
});

const toolSchema = z.looseObject({
  name: z.string().min(1).max(MAX_NAME_LENGTH),
  title: z.string().max(1000).nullish(),
  description: z.string().max(100_000).nullish(),
  inputSchema: object,
  outputSchema: object.nullish(),
  annotations: object.nullish(),
});

/** Walks all pages of `tools/list`; bounded, and rejected as a whole if a page is malformed. */
export const listAllTools = async (
  fetchPage: (params: JsonObject) => Promise<RpcOutcome>,
  era: 'legacy' | 'modern',
): Promise<UpstreamTools> => {
  const offered: ExactJson[] = [];
  const cursors = new Set<string>();
  let params: JsonObject = {};
  for (let page = 1; ; page += 1) {
    const { tools, nextCursor } = readPage(await fetchPage(params));
    offered.push(...tools);
    if (nextCursor === undefined) break;
    if (page === MAX_PAGES || offered.length > MAX_TOOLS || cursors.has(nextCursor))
      throw unusableServer(
        `lists more than ${String(MAX_TOOLS)} tools or ${String(MAX_PAGES)} pages`,
      );
    cursors.add(nextCursor);
    params = { cursor: nextCursor };
  }
  const listed: UpstreamTools = { tools: [], rejected: [] };
  for (const [index, one] of offered.entries()) {
    const read = readTool(one, index, era);
    if ('reason' in read) listed.rejected.push(read);
    else listed.tools.push(read);
  }
  return listed;
};

const readPage = (
  outcome: RpcOutcome,
): { tools: readonly ExactJson[]; nextCursor: string | undefined } => {
  if ('error' in outcome)
    throw unusableServer(
      `did not list its tools (JSON-RPC ${String(outcome.error.code)}: ${outcome.error.message})`,
    );
  const parsed = pageSchema.safeParse(outcome.result);
  if (!parsed.success)
    throw unusableServer(`sent a list of tools that is malformed at "${placeOf(parsed.error)}"`);
  return { tools: parsed.data.tools, nextCursor: parsed.data.nextCursor ?? undefined };
};

const readTool = (
  offered: ExactJson,
  index: number,
  era: 'legacy' | 'modern',
): UpstreamTool | UpstreamTools['rejected'][number] => {
  const unusable = (reason: string) => ({ name: nameOf(offered, index), reason });
  const parsed = toolSchema.safeParse(offered);
  if (!parsed.success) return unusable(`its "${placeOf(parsed.error)}" is malformed`);
  const { name, title, description, ...others } = parsed.data;
  try {
    const { inputSchema: schema, outputSchema: output, annotations: hints, ...rest } = others;
    const inputSchema = markNumbersIn(schema);
    // 2026-07-28 obliges clients to leave out a tool whose header declarations are malformed.
    if (era === 'modern' && !hasValidParamHeaders(inputSchema))
      return unusable('its x-mcp-header declarations are malformed');
    return {
      name,
      title: title ?? null,
      description: description ?? null,
      inputSchema,
      outputSchema: isExactObject(output) ? markNumbersIn(output) : null,
      annotations: markNumbersIn(hints ?? {}),
      // zod declares what it does not know as unknown; it came from JSON, and is handed on as it was.
      otherFields: markNumbersIn(rest as ExactObject),
    };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return unusable(`its definition cannot be stored: ${error.message}`);
  }
};

const nameOf = (offered: ExactJson, index: number): string => {
  const name = isExactObject(offered) ? offered['name'] : undefined;
  return typeof name === 'string' && name !== ''
    ? name.slice(0, MAX_NAME_LENGTH)
    : `tool ${String(index + 1)} of the list`;
};

const placeOf = ({ issues }: z.ZodError): string => issues[0]?.path.join('.') ?? '';
