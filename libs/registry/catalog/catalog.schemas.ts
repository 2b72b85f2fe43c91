import {
  idSchema,
  lineSchema,
  pageOf,
  pageQuerySchema,
  personRefSchema,
  reasonSchema,
  refSchema,
  slugSchema,
  timeSchema,
} from '#libs/platform/http';
import { z } from 'zod';
import { MAX_TOOLS } from './catalog.rules.js';
import { TOOL_STATES } from './tool-state.js';

/** What people decided about a tool's effect. */
export const classificationSchema = z.enum(['read', 'write', 'destructive']);

/** What kind of upstream a tool server is. */
export const toolServerKindSchema = z.enum(['mcp', 'rest']);

/** `discovering → ready | failed`. */
export const toolServerStateSchema = z.enum(['discovering', 'ready', 'failed']);

/** What happens to calls of a tool whose definition changed, until it is taken over. */
export const onChangedDefinitionSchema = z.enum(['block', 'keep']);

/** A tool server as lists show it. */
export const toolServerSchema = z.object({
  id: idSchema,
  slug: z.string(),
  name: z.string(),
  kind: toolServerKindSchema,
  url: z.string(),
  state: toolServerStateSchema,
  stateReason: z.string().nullable(),
  owner: personRefSchema,
  team: refSchema,
  onChangedDefinition: onChangedDefinitionSchema,
  /** Those that it offers. */
  toolCount: z.number().int(),
  createdAt: timeSchema,
});

/** One tool server with what its last discovery did not pin. */
export const toolServerDetailSchema = toolServerSchema.extend({
  /** How many of its tools are in each state. */
  toolStates: z.record(z.enum(TOOL_STATES), z.int()),
  leftOut: z.array(z.object({ name: z.string(), reason: z.string() })),
});

export const toolServerPageSchema = pageOf(toolServerSchema);

export const listToolServersQuerySchema = pageQuerySchema.extend({
  q: z.string().trim().max(100).optional(),
  kind: toolServerKindSchema.optional(),
  state: toolServerStateSchema.optional(),
});

/** Register a tool server; its tools are discovered and pinned by the worker. */
export const registerToolServerSchema = z.strictObject({
  slug: slugSchema(24),
  name: lineSchema(100),
  kind: toolServerKindSchema,
  /** MCP: the streamable HTTP endpoint. REST: the base address of the service. */
  url: z.url({ protocol: /^https?$/ }).max(500),
  /** REST only: where its OpenAPI document is. */
  openapiUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  ownerId: idSchema,
  teamId: idSchema,
});

/** Ask a tool server again for its tools; a new address is for one with no pinned tool. */
export const refreshToolsSchema = z.strictObject({
  url: registerToolServerSchema.shape.url.optional(),
  openapiUrl: registerToolServerSchema.shape.openapiUrl,
  reason: reasonSchema,
});

/** A tool as lists show it. */
export const toolSchema = z.object({
  id: idSchema,
  server: z.object({ id: idSchema, slug: z.string(), name: z.string() }),
  name: z.string(),
  title: z.string().nullable(),
  description: z.string().nullable(),
  /** Until people classify it: the worse of what the tool server claims and `write`. */
  classification: classificationSchema,
  /** Null: nobody has classified it yet. */
  classifiedAt: timeSchema.nullable(),
  /** Null: nobody, or the system when it was seeded. */
  classifiedBy: personRefSchema.nullable(),
  annotations: z.record(z.string(), z.unknown()),
  state: z.enum(TOOL_STATES),
  definitionDigest: z.string(),
  /** Of the definition that is offered instead of the pinned one; null: the same, or none. */
  offeredDigest: z.string().nullable(),
  pinnedAt: timeSchema,
});

const fieldDifferenceSchema = z.object({
  field: z.string(),
  /** Null: the definition does not have the field. */
  pinned: z.unknown(),
  offered: z.unknown(),
});

/** One tool with its pinned definition, and how the offered one differs. */
export const toolDetailSchema = toolSchema.extend({
  inputSchema: z.record(z.string(), z.unknown()),
  outputSchema: z.record(z.string(), z.unknown()).nullable(),
  /** What else its definition says: icons, _meta, execution, and what is not known here. */
  otherFields: z.record(z.string(), z.unknown()),
  operation: z.record(z.string(), z.unknown()).nullable(),
  difference: z.array(fieldDifferenceSchema),
});

/** Take over what is offered of these tools, each by the digest of the definition that was looked at. */
export const takeOverToolsSchema = z.strictObject({
  tools: z
    .array(z.strictObject({ id: idSchema, definitionDigest: z.string().regex(/^[0-9a-f]{64}$/) }))
    .min(1)
    .max(MAX_TOOLS),
  reason: reasonSchema,
});

/** What shall happen to calls of a tool whose definition changed. */
export const setChangedDefinitionsSchema = z.strictObject({
  onChangedDefinition: onChangedDefinitionSchema,
  reason: reasonSchema,
});

/** What people say a tool's effect is. */
export const classifyToolSchema = z.strictObject({
  classification: classificationSchema,
  reason: reasonSchema,
});

export const toolPageSchema = pageOf(toolSchema);

export const listToolsQuerySchema = pageQuerySchema.extend({
  q: z.string().trim().max(100).optional(),
  serverId: idSchema.optional(),
  classification: classificationSchema.optional(),
  state: z.enum(TOOL_STATES).optional(),
  /** Whether anybody has classified it. */
  classified: z.enum(['yes', 'no']).optional(),
});
