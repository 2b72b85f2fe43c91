import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileArguments, type CompiledArguments } from '#libs/engine/policy';
import { createOutbound, type Outbound } from '#libs/engine/upstream';
import type { Json, JsonObject } from '#libs/platform/kernel';
import { discoveredOverMcp } from '../libs/registry/catalog/discovery/discovered-tools.js';
import { validateTools } from '../libs/registry/catalog/discovery/validate-tools.js';
import { serveTools, type ServedTools } from './corpus/serve-tools.js';
import { readToolLists, type ListedTool } from './corpus/tool-lists.js';
import { openCalls, validCalls } from './corpus/valid-calls.js';

const LISTS = readToolLists();
const TOOLS = LISTS.flatMap(({ server, tools }) =>
  tools.map((tool) => ({ id: `${server}/${tool.name}`, tool })),
);

// Seconds; on a busy machine many more.
const SLOWLY = { timeout: 120_000 };

let outbound: Outbound;
let upstream: ServedTools;
beforeAll(async () => {
  outbound = createOutbound({ allow: ['127.0.0.0/8'] });
  upstream = await serveTools();
});
afterAll(async () => {
  await outbound.close();
  upstream.close();
});

describe('the tool lists of real servers', () => {
  it('are of at least 26 servers, and hold more tools than were measured once', () => {
    expect(LISTS.length).toBeGreaterThanOrEqual(26);
    expect(TOOLS.length).toBeGreaterThanOrEqual(578);
  });

  it('are pinned, all tools but those named here', SLOWLY, async () => {
    const left: string[] = [];
    for (const { server, tools } of LISTS) {
      upstream.offer(tools);
      const offer = await discoveredOverMcp(outbound, upstream.url);
      const { usable, rejected } = await validateTools(server, offer.tools);
      expect(usable.length + rejected.length + offer.rejected.length).toBe(tools.length);
      left.push(...[...offer.rejected, ...rejected].map(({ name }) => `${server}/${name}`));
    }
    expect(left.toSorted()).toEqual(NO_CALLS);
  });
});

describe('valid calls of real tools', () => {
  it('are made for each tool, but where no arguments are valid', SLOWLY, () => {
    const without = TOOLS.filter(({ tool }) => validCalls(tool.inputSchema).length === 0);
    expect(without.map(({ id }) => id)).toEqual(NO_CALLS);
  });

  it('are accepted, and arrive intact', SLOWLY, () => {
    const { calls, lost } = boundCalls(validCalls);
    expect(lost).toEqual(SILENT);
    expect(calls).toBeGreaterThan(2000);
  });

  it('are accepted with arguments that a schema leaves open in so many words', SLOWLY, () => {
    const { calls, lost } = boundCalls(openCalls);
    expect(lost).toEqual([]);
    expect(calls).toBeGreaterThan(100);
  });
});

const boundCalls = (
  make: (schema: JsonObject) => JsonObject[],
): { calls: number; lost: string[] } => {
  let calls = 0;
  const lost = new Set<string>();
  for (const { id, tool } of TOOLS) {
    const compiled = compiledOf(tool);
    if (!compiled.ok) continue;
    for (const call of make(tool.inputSchema)) {
      calls += 1;
      if (!arrives(compiled, call, tool.inputSchema)) lost.add(id);
    }
  }
  return { calls, lost: [...lost] };
};

const compiledTools = new Map<ListedTool, CompiledArguments>();
const compiledOf = (tool: ListedTool): CompiledArguments => {
  const known = compiledTools.get(tool) ?? compileArguments(tool.inputSchema);
  compiledTools.set(tool, known);
  return known;
};

const arrives = (
  compiled: CompiledArguments & { ok: true },
  call: JsonObject,
  schema: JsonObject,
): boolean => {
  const bound = compiled.bind(structuredClone(call));
  return bound.ok && isIntact(call, bound.value, JSON.stringify(schema).includes('"default":'));
};

// Everything that was sent is there, and nothing else but defaults.
const isIntact = (sent: Json, got: Json | undefined, hasDefaults: boolean): boolean => {
  if (typeof sent !== 'object' || sent === null) return Object.is(sent, got);
  if (typeof got !== 'object' || got === null || Array.isArray(sent) !== Array.isArray(got))
    return false;
  const added = Object.keys(got).length - Object.keys(sent).length;
  if (added < 0 || (added > 0 && (!hasDefaults || Array.isArray(got)))) return false;
  return Object.entries(sent).every(([key, value]) =>
    isIntact(value, (got as JsonObject)[key], hasDefaults),
  );
};

// Its enum is empty, so no arguments are valid.
const NO_CALLS = ['netlify/netlify-coding-rules'];

// This version of the package describes no argument of theirs: what is silent is closed until a person opens it.
const SILENT = [
  'create_or_update_file', 'search_repositories', 'create_repository', 'get_file_contents', 'push_files',
  'create_issue', 'create_merge_request', 'fork_repository', 'create_branch',
].map((name) => `gitlab-reference/${name}`); // prettier-ignore
