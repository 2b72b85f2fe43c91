import { hash } from 'node:crypto';

// What is signed of each kind of record: every column by which a gateway or the token endpoint decides. Each
// is written with its fields in this order (docs/adr/0022); JSON columns are as PostgreSQL normalises them.

/** A record that gateways load. */
export const SIGNED_KINDS = [
  'issuer',
  'agent',
  'tool_server',
  'tool',
  'policy_version',
  'kill_switch',
  'signing_key',
] as const;

/** The kind of such a record, as the ledger calls it. */
export type SignedKind = (typeof SIGNED_KINDS)[number];

type Time = Date | null;

interface IssuerRow {
  readonly id: string;
  readonly url: string;
  readonly audiences: readonly string[];
  readonly algorithms: readonly string[];
  readonly profile: string;
  readonly clockToleranceSeconds: number;
  readonly maxTokenAgeSeconds: number;
  readonly keysUrl: string | null;
  readonly requiredClaims: unknown;
  readonly retiredAt: Time;
}

interface BindingRow {
  readonly id: string;
  readonly kind: string;
  readonly issuerId: string | null;
  readonly subject: string;
  readonly conditions: unknown;
  readonly publicKey: unknown;
}

interface AgentRow {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly riskTier: string;
  readonly tags: readonly string[];
  readonly ownerId: string;
  readonly teamId: string;
  readonly expiresAt: Time;
  readonly tokensRevokedBefore: Time;
  readonly bindings: readonly BindingRow[];
}

interface ToolServerRow {
  readonly id: string;
  readonly slug: string;
  readonly kind: string;
  readonly url: string;
  readonly onChangedDefinition: string;
  readonly ownerId: string;
  readonly teamId: string;
}

interface ToolRow {
  readonly id: string;
  readonly serverId: string;
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly inputSchema: unknown;
  readonly outputSchema: unknown;
  readonly annotations: unknown;
  readonly otherFields: unknown;
  readonly operation: unknown;
  readonly definitionDigest: string;
  readonly isOffered: boolean;
  readonly isTakenOver: boolean;
  readonly offeredDigest: string | null;
  readonly classification: string;
}

interface PolicyVersionRow {
  readonly id: string;
  readonly policyId: string;
  readonly policy: { readonly name: string; readonly kind: string };
  readonly number: number;
  /** {@link textDigest} of its text. */
  readonly textDigest: string;
  readonly bindings: unknown;
  readonly proposedById: string | null;
  readonly decidedById: string | null;
  readonly state: string;
}

interface KillSwitchRow {
  readonly id: string;
  readonly scope: string;
  readonly targetId: string | null;
  readonly releasedAt: Time;
}

interface SigningKeyRow {
  readonly id: string;
  readonly publicKey: unknown;
  readonly publishedUntil: Date;
}

/** What must be known of a record of each kind. */
export interface SignedRows {
  issuer: IssuerRow;
  agent: AgentRow;
  tool_server: ToolServerRow;
  tool: ToolRow;
  policy_version: PolicyVersionRow;
  kill_switch: KillSwitchRow;
  signing_key: SigningKeyRow;
}

const CONTENTS: { readonly [K in SignedKind]: (row: SignedRows[K]) => unknown[] } = {
  issuer: (row) => [
    row.id,
    row.url,
    row.audiences,
    row.algorithms,
    row.profile,
    row.clockToleranceSeconds,
    row.maxTokenAgeSeconds,
    row.keysUrl,
    row.requiredClaims,
    row.retiredAt !== null,
  ],
  agent: (row) => [
    row.id,
    row.name,
    row.state,
    row.riskTier,
    row.tags,
    row.ownerId,
    row.teamId,
    row.expiresAt,
    row.tokensRevokedBefore,
    row.bindings.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(bindingContent),
  ],
  tool_server: (row) => [
    row.id,
    row.slug,
    row.kind,
    row.url,
    row.onChangedDefinition,
    row.ownerId,
    row.teamId,
  ],
  tool: (row) => [
    row.id,
    row.serverId,
    row.name,
    row.title,
    row.description,
    row.inputSchema,
    row.outputSchema,
    row.annotations,
    row.otherFields,
    row.operation,
    row.definitionDigest,
    row.isOffered,
    row.isTakenOver,
    row.offeredDigest,
    row.classification,
  ],
  policy_version: (row) => [
    row.id,
    row.policyId,
    row.policy.name,
    row.policy.kind,
    row.number,
    row.textDigest,
    row.bindings,
    row.proposedById,
    row.decidedById,
    row.state,
  ],
  kill_switch: (row) => [row.id, row.scope, row.targetId, row.releasedAt !== null],
  signing_key: (row) => [row.id, row.publicKey, row.publishedUntil],
};

const bindingContent = (row: BindingRow): unknown[] => [
  row.id,
  row.kind,
  row.issuerId,
  row.subject,
  row.conditions,
  row.publicKey,
];

const sha256 = (text: string): string => hash('sha256', text, 'base64url');

/** What stands for a policy version's text: its SHA-256, hex. */
export const textDigest = (text: string): string => hash('sha256', text, 'hex');

/** The digest of a record's content. */
export const contentDigest = <K extends SignedKind>(kind: K, row: SignedRows[K]): string =>
  sha256(JSON.stringify([kind, ...CONTENTS[kind](row)]));

/** The digest of a record that was removed: nothing that is put in its place is what was signed. */
export const NO_CONTENT = sha256('null');
