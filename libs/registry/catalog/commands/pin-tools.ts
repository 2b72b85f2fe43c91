import { command } from '#libs/engine/commands';
import type { ToolCreateManyInput } from '#libs/platform/db';
import { idSchema } from '#libs/platform/http';
import { isObject, type JsonObject, newId } from '#libs/platform/kernel';
import { z } from 'zod';
import { lockServerWithPins, type ServerWithPins } from '../catalog.repository.js';
import { MAX_LEFT_OUT, MAX_TOOLS, UNDECIDED_CLASSIFICATIONS } from '../catalog.rules.js';
import {
  describeRejected,
  type DiscoveredTool,
  type UnsupportedTool,
} from '../discovery/validate-tools.js';
import { addressOf } from '../tool-server-address.js';

const json = z.custom<JsonObject>(isObject);
const digestSchema = z.string().regex(/^[0-9a-f]{64}$/);
const discoveredToolSchema = z.strictObject({
  name: z.string().min(1),
  title: z.string().nullable(),
  description: z.string().nullable(),
  inputSchema: json,
  outputSchema: json.nullable(),
  annotations: json,
  otherFields: json,
  classification: z.enum(UNDECIDED_CLASSIFICATIONS),
  operation: json.nullable(),
  definitionDigest: digestSchema,
});
const inputSchema = z.discriminatedUnion('found', [
  z.strictObject({
    found: z.literal(true),
    serverId: idSchema,
    /** The address that was asked. */
    url: z.string(),
    tools: z.array(discoveredToolSchema).max(MAX_TOOLS),
    /** Offered, but unfit to be pinned. */
    rejected: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
    /** REST only: the SHA-256, hex, of the document that the tools were read from. */
    documentDigest: digestSchema.nullable(),
  }),
  z.strictObject({
    found: z.literal(false),
    serverId: idSchema,
    url: z.string(),
    reason: z.string().max(1000),
  }),
]);
type Input = z.infer<typeof inputSchema>;
type Found = Extract<Input, { found: true }>;
type Outcome = {
  state: 'discovering' | 'ready' | 'failed';
  reason: string | null;
  pinned: DiscoveredTool[];
  /** What this discovery did not pin; null when it found out nothing. */
  leftOut: readonly UnsupportedTool[] | null;
};

/**
 * Takes what a tool server offered: the first time its tools are pinned; from then on a definition
 * that is new or differs is not taken over, because nobody has looked at it (invariant G7).
 */
export class PinTools extends command({
  name: 'pin-tools',
  permission: { action: 'register', subject: 'ToolServer' },
  changesRights: true,
  actors: 'system',
  input: inputSchema,
  subjectId: ({ serverId }) => serverId,
  load: (ctx, { serverId }) => lockServerWithPins(ctx, serverId),
  async run({ tx, now, signsNew }, input, server) {
    const { state, reason, pinned, leftOut } = outcomeOf(input, server);
    const rows = pinned.map((tool) => ({
      ...rowOf(tool),
      id: newId(),
      serverId: server.id,
      pinnedAt: now,
    }));
    signsNew(
      'tool',
      rows.map(({ id }) => id),
    );
    await tx.tool.createMany({ data: rows });
    await tx.toolServer.update({
      where: { id: server.id },
      data: {
        state,
        stateReason: reason,
        updatedAt: now,
        ...(leftOut === null ? {} : { leftOut: leftOutRows(leftOut) }),
        ...openapiOf(input, server),
      },
      select: { id: true },
    });
    return {
      output: { pinned: pinned.length },
      subject: server,
      facts: {
        state,
        toolsPinned: pinned.length,
        toolsRejected: input.found ? input.rejected.length : 0,
      },
      changes: {
        tools: pinned.map((tool) => ({ name: tool.name, digest: tool.definitionDigest })),
        reason,
      },
    };
  },
}) {}

const outcomeOf = (input: Input, server: ServerWithPins): Outcome => {
  // The address was changed since, and the new one is being asked: this answer is discarded.
  if (input.url !== addressOf(server)) {
    return { state: server.state, reason: server.stateReason, pinned: [], leftOut: null };
  }
  if (input.found) {
    return server.pinned.size === 0 ? firstDiscovery(input) : laterDiscovery(input, server);
  }
  // What was pinned stays usable: the tool server being away is no reason to forget it.
  const state = server.pinned.size > 0 ? 'ready' : 'failed';
  return { state, reason: input.reason, pinned: [], leftOut: null };
};

const firstDiscovery = ({ tools, rejected }: Found): Outcome => {
  const reason = describeRejected(rejected);
  if (tools.length > 0) return { state: 'ready', reason, pinned: tools, leftOut: rejected };
  if (rejected.length > 0) return { state: 'failed', reason, pinned: [], leftOut: rejected };
  return {
    state: 'ready',
    reason: 'The tool server offers no tools.',
    pinned: [],
    leftOut: rejected,
  };
};

const laterDiscovery = ({ tools, rejected }: Found, { pinned }: ServerWithPins): Outcome => {
  const differing: UnsupportedTool[] = tools
    .filter((tool) => pinned.get(tool.name) !== tool.definitionDigest)
    .map(({ name }) => ({
      name,
      reason: pinned.has(name)
        ? 'its definition differs from the pinned one, which stays'
        : 'it is new since the tools were pinned',
    }));
  const leftOut = [...differing, ...rejected];
  return { state: 'ready', reason: describeRejected(leftOut), pinned: [], leftOut };
};

const leftOutRows = (leftOut: readonly UnsupportedTool[]) =>
  leftOut.slice(0, MAX_LEFT_OUT).map(({ name, reason }) => ({ name, reason }));

// JSON columns: Prisma tells SQL NULL (leave out) from JSON null, and the latter never occurs here.
const rowOf = ({
  operation,
  outputSchema,
  ...tool
}: DiscoveredTool): Omit<ToolCreateManyInput, 'id' | 'serverId' | 'pinnedAt'> => ({
  ...tool,
  ...(operation === null ? {} : { operation }),
  ...(outputSchema === null ? {} : { outputSchema }),
});

const openapiOf = (input: Input, server: ServerWithPins) => {
  if (!input.found || input.documentDigest === null || server.pinned.size > 0) return {};
  if (input.url !== addressOf(server)) return {};
  return { openapi: { url: input.url, documentDigest: input.documentDigest } };
};
