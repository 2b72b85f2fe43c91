import { raiseAlert } from '#libs/engine/alert-records';
import { command, type CommandContext } from '#libs/engine/commands';
import { Prisma, type ToolCreateManyInput } from '#libs/platform/db';
import { idSchema } from '#libs/platform/http';
import { firstNames, isObject, type JsonObject, newId } from '#libs/platform/kernel';
import { z } from 'zod';
import { lockServerWithTools, type ServerWithTools } from '../catalog.repository.js';
import { MAX_LEFT_OUT, MAX_TOOLS, UNDECIDED_CLASSIFICATIONS } from '../catalog.rules.js';
import { compareOffer, type ToolChange } from '../discovery/compare-offer.js';
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
  /** Tools that were not known. */
  added: DiscoveredTool[];
  /** Whether what is added is pinned at once, or waits for people. */
  isFirst: boolean;
  changes: ToolChange[];
  /** What this discovery did not pin; null when it found out nothing. */
  leftOut: readonly UnsupportedTool[] | null;
};

/**
 * Takes what a tool server offered: the first time its tools are pinned; from then on a definition
 * that is new or differs waits beside them, because nobody has looked at it (invariants G7 and P12).
 */
export class PinTools extends command({
  name: 'pin-tools',
  permission: { action: 'register', subject: 'ToolServer' },
  changesRights: true,
  actors: 'system',
  input: inputSchema,
  subjectId: ({ serverId }) => serverId,
  load: (ctx, { serverId }) => lockServerWithTools(ctx, serverId),
  async run(ctx, input, server) {
    const { tx, now, signsNew } = ctx;
    const { state, reason, added, isFirst, changes, leftOut } = outcomeOf(input, server);
    const rows = added.map((tool) => ({
      ...rowOf(tool),
      id: newId(),
      serverId: server.id,
      pinnedAt: now,
      isTakenOver: isFirst,
    }));
    await applyChanges(ctx, changes);
    await alertOfChanges(ctx, server, changes);
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
      output: { pinned: isFirst ? added.length : 0 },
      subject: server,
      facts: {
        state,
        toolsPinned: isFirst ? added.length : 0,
        toolsNew: isFirst ? 0 : added.length,
        toolsChanged: changes.filter(({ offered }) => offered !== null).length,
        toolsRemoved: changes.filter(({ isOffered }) => !isOffered).length,
        toolsRejected: input.found ? input.rejected.length : 0,
      },
      changes: {
        tools: added.map((tool) => ({ name: tool.name, digest: tool.definitionDigest })),
        changed: changes.map(({ tool, isOffered, offered }) => ({
          name: tool.name,
          isOffered,
          digest: offered?.definitionDigest ?? tool.definitionDigest,
        })),
        reason,
      },
    };
  },
}) {}

const outcomeOf = (input: Input, server: ServerWithTools): Outcome => {
  const nothing = { added: [], isFirst: false, changes: [], leftOut: null };
  // The address was changed since, and the new one is being asked: this answer is discarded.
  if (input.url !== addressOf(server))
    return { ...nothing, state: server.state, reason: server.stateReason };
  if (input.found)
    return isFirstDiscovery(server) ? firstDiscovery(input) : laterDiscovery(input, server);
  // What was pinned stays usable: the tool server being away is no reason to forget it.
  const state = isFirstDiscovery(server) ? 'failed' : 'ready';
  return { ...nothing, state, reason: input.reason };
};

// Of a tool server that was ready without tools, too, the first tool is one that nobody has seen.
const isFirstDiscovery = ({ known, state }: ServerWithTools): boolean =>
  known.size === 0 && state !== 'ready';

const firstDiscovery = ({ tools, rejected }: Found): Outcome => {
  const found = { added: tools, isFirst: true, changes: [], leftOut: rejected };
  const reason = describeRejected(rejected);
  if (tools.length > 0) return { ...found, state: 'ready', reason };
  if (rejected.length > 0) return { ...found, state: 'failed', reason };
  return { ...found, state: 'ready', reason: NO_TOOLS };
};

const NO_TOOLS = 'The tool server offers no tools.';

const laterDiscovery = ({ tools, rejected }: Found, { known }: ServerWithTools): Outcome => {
  const { added, changes, leftOut: noRoom } = compareOffer(tools, known);
  const leftOut = [...noRoom, ...rejected];
  const isEmpty = tools.length + rejected.length === 0;
  const reason = isEmpty ? NO_TOOLS : describeRejected(leftOut);
  return { state: 'ready', reason, added, isFirst: false, changes, leftOut };
};

const applyChanges = async (
  { tx, signs }: CommandContext,
  changes: readonly ToolChange[],
): Promise<void> => {
  const ids = changes.map(({ tool }) => tool.id);
  await signs('tool', ids);
  for (const { tool, isOffered, isTakenOver, offered } of changes) {
    await tx.tool.update({
      where: { id: tool.id },
      data: {
        isOffered,
        isTakenOver,
        offered: offered === null ? Prisma.DbNull : { ...offered },
        offeredDigest: offered?.definitionDigest ?? null,
      },
      select: { id: true },
    });
  }
};

const MAX_NAMES = 3;

// Once for each change: an offer that was seen before is none.
const alertOfChanges = async (
  { tx, now }: CommandContext,
  server: ServerWithTools,
  changes: readonly ToolChange[],
): Promise<void> => {
  const names = changes.filter(({ offered }) => offered !== null).map(({ tool }) => tool.name);
  if (names.length === 0) return;
  const effect =
    server.onChangedDefinition === 'block'
      ? 'Calls are denied until people take over what is offered.'
      : 'What was pinned stays in use until people take over what is offered.';
  await raiseAlert(tx, now, {
    kind: 'tool_definition_changed',
    subject: { kind: 'tool_server', id: server.id },
    message: `${server.slug} offers another definition of ${firstNames(names, MAX_NAMES)}. ${effect}`,
  });
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

const openapiOf = (input: Input, server: ServerWithTools) => {
  if (!input.found || input.documentDigest === null || server.known.size > 0) return {};
  if (input.url !== addressOf(server)) return {};
  return { openapi: { url: input.url, documentDigest: input.documentDigest } };
};
