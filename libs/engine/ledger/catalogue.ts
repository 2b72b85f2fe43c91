import { z } from 'zod';

// The closed catalogue: what may be written, and of which shape. Data holds ids, enums, safe integers,
// booleans and digests; whatever is somebody's words or name is a payload.
const id = z.uuid();
const text = z.string().min(1).max(256);
const hex256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Which process wrote a chain. */
export const WRITERS = ['gateway', 'api', 'worker', 'standalone', 'cli', 'sandbox'] as const;

/** One of {@link WRITERS}. */
export type Writer = (typeof WRITERS)[number];

/** What a chain is for; each has its own queue and connection, so none delays another. */
export const CHAIN_PURPOSES = ['calls', 'commands', 'rejections', 'closing'] as const;

/** One of {@link CHAIN_PURPOSES}. */
export type ChainPurpose = (typeof CHAIN_PURPOSES)[number];

/** Why a chain ended: its process stopped it, died, or could not know whether a commit took place. */
export const CLOSE_REASONS = ['stopped', 'crashed', 'commit_unknown'] as const;

/** One of {@link CLOSE_REASONS}. */
export type CloseReason = (typeof CLOSE_REASONS)[number];

/** How a call that was allowed ended; a later entry with another outcome replaces `unknown`. */
export const CALL_OUTCOMES = [
  'succeeded',
  'tool_error',
  'upstream_error',
  'timeout',
  'unknown',
] as const;

/** One of {@link CALL_OUTCOMES}. */
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/**
 * What an agent asked for; `other` is whatever has no name here, so that none of the agent's own words
 * are in an entry's data.
 */
export const CALL_METHODS = [
  'tools/call',
  'tools/list',
  'tool-calls/get',
  'ability/get',
  'initialize',
  'server/discover',
  'ping',
  'other',
] as const;

/** One of {@link CALL_METHODS}. */
export type CallMethod = (typeof CALL_METHODS)[number];

/**
 * How a call showed whose it is: what named the agent, and, on a person's behalf, what proved the person
 * (the agent's own token, one about the person beside it, or a delegation that they granted).
 */
export const IDENTIFICATION_METHODS = [
  'subject_binding',
  'client_binding',
  'own_token',
  'subject_token',
  'delegation',
] as const;

/** One of {@link IDENTIFICATION_METHODS}. */
export type IdentificationMethod = (typeof IDENTIFICATION_METHODS)[number];

const protocol = z.enum(['mcp', 'rest']);
const effect = z.enum(['allow', 'deny', 'hold']);

const chainOpened = z.strictObject({
  writer: z.enum(WRITERS),
  purpose: z.enum(CHAIN_PURPOSES),
  boot: id,
  host: text.optional(),
});

const chainClosed = z.strictObject({
  chain: id,
  lastSeq: z.int().min(1),
  lastHash: hex256,
  reason: z.enum(CLOSE_REASONS),
});

/** The agents that acted one for another, the current one first; left out where there is only one. */
const actors = z.array(id).min(2).max(16).readonly();

const callIntent = z.strictObject({
  server: text,
  tool: text,
  toolId: id,
  definitionDigest: hex256,
  decision: effect,
  code: text,
  rule: text.nullable(),
  policyVersionId: id.nullable(),
  bindingId: id,
  /** Left out for a token of our own. */
  issuerId: id.optional(),
  identifiedBy: z.enum(IDENTIFICATION_METHODS).optional(),
  /** SHA-256 over the token's `iss`, a newline and its `jti`: an entry names a token, and gives none away. */
  tokenDigest: hex256.optional(),
  /** On whose behalf; with it both decisions, of which the stricter one is `decision`. */
  personId: id.optional(),
  delegationId: id.optional(),
  actors: actors.optional(),
  agentDecision: effect.optional(),
  personDecision: effect.optional(),
  epoch: z.int().min(0),
  protocol,
});

const callOutcome = z.strictObject({
  outcome: z.enum(CALL_OUTCOMES),
  durationMs: z.int().min(0),
  /** What ended it before its tool server did: `cancelled` by its caller, or why its authorization ended. */
  cause: text.optional(),
});

const callInvalid = z.strictObject({
  code: text,
  protocol,
  server: text.nullable(),
  tool: text.nullable(),
  bindingId: id,
  /** On whose behalf, where that was known by then. */
  personId: id.optional(),
  actors: actors.optional(),
  /** Left out where the request could not be read. */
  method: z.enum(CALL_METHODS).optional(),
});

const rejectionCounted = z.strictObject({
  minute: z.iso.datetime(),
  reason: text,
  source: text,
  count: z.int().min(1),
});

const fact = z.union([
  z.string().max(1024),
  z.int(),
  z.boolean(),
  z.null(),
  z.array(z.string().max(256)).max(256),
]);

const commandData = z.strictObject({
  command: text,
  outcome: z.enum(['succeeded', 'proposed', 'rejected', 'failed']),
  code: text.nullable(),
  facts: z.record(z.string().regex(/^[a-z][A-Za-z0-9]{0,63}$/), fact),
});

/** What one entry type may hold. */
export interface EntryType {
  data: z.ZodType;
  payloads: readonly string[];
}

/** The entry types that are not commands. */
export const ENTRY_TYPES = {
  'chain.opened': { data: chainOpened, payloads: [] },
  'chain.closed': { data: chainClosed, payloads: [] },
  'call.intent': { data: callIntent, payloads: ['arguments', 'explanation'] },
  'call.outcome': { data: callOutcome, payloads: ['result'] },
  'call.invalid': { data: callInvalid, payloads: ['explanation'] },
  'rejection.counted': { data: rejectionCounted, payloads: [] },
} as const satisfies Record<string, EntryType>;

/** The one shape of every command's entry, whose type is the command's name. */
export const COMMAND_ENTRY_TYPE = {
  data: commandData,
  payloads: ['input', 'names', 'reason', 'changes'],
} as const satisfies EntryType;

/** The data of a `chain.opened` entry. */
export type ChainOpenedData = z.infer<typeof chainOpened>;
/** The data of a `chain.closed` entry. */
export type ChainClosedData = z.infer<typeof chainClosed>;
/** The data of a `call.intent` entry. */
export type CallIntentData = z.infer<typeof callIntent>;
/** The data of a `call.outcome` entry. */
export type CallOutcomeData = z.infer<typeof callOutcome>;
/** The data of a `call.invalid` entry. */
export type CallInvalidData = z.infer<typeof callInvalid>;
/** The data of a `rejection.counted` entry. */
export type RejectionCountedData = z.infer<typeof rejectionCounted>;
/** The data of a command's entry; `facts` are the ids and enums that the command changed. */
export type CommandEntryData = z.infer<typeof commandData>;
