import type { ProofUses } from '#libs/trust/token-endpoint';
import type { DpopProofs, TokenVerifier } from '#libs/trust/token-verification';
import type { Clock } from '#libs/platform/kernel';
import type { CallMethod, CallWriter, RejectionCounter } from '#libs/engine/ledger';
import type { McpSessions } from '#libs/gateway/mcp-sessions';
import type { Logger } from '#libs/platform/telemetry';
import type { OpenCalls } from './open-calls.js';
import type { SnapshotHolder } from './snapshot/snapshot-holder.js';
import type { Upstreams } from './upstreams.js';

/** What the steps work with; the composition root puts it together once. */
export interface CallDeps {
  readonly snapshots: Pick<SnapshotHolder, 'atLeast' | 'assertUsable' | 'epochNow'>;
  readonly tokens: Pick<TokenVerifier, 'verify'>;
  readonly proofs: Pick<DpopProofs, 'check' | 'useUp'>;
  readonly proofUses: Pick<ProofUses, 'isFirstUse'>;
  readonly calls: Pick<CallWriter, 'appendIntent' | 'append'>;
  readonly rejections: Pick<RejectionCounter, 'count'>;
  readonly unregistered: UnregisteredInbox;
  readonly openCalls: Pick<OpenCalls, 'run'>;
  readonly upstreams: Pick<Upstreams, 'call' | 'describe' | 'endSession' | 'listen'>;
  readonly sessions: Pick<McpSessions, 'open' | 'find' | 'end' | 'hold' | 'upstream'>;
  readonly logger: Logger;
  readonly clock: Clock;
  /** The URL of the RFC 9728 metadata of a request's address; named in its 401. */
  readonly resourceMetadataUrl: (url: string) => string;
  /** How long a tool server may be silent. */
  readonly upstreamTimeoutMs: number;
  /** How long a call may take whose tool shows progress. */
  readonly upstreamMaxMs: number;
}

/** Where good tokens of trusted issuers that name no agent are kept: never waits, never throws. */
export interface UnregisteredInbox {
  note(caller: {
    issuerId: string;
    subject: string;
    /** Empty where the issuer's profile has no clients. */
    clientId: string;
    source: string;
    method: CallMethod | null;
    server: string | null;
    tool: string | null;
  }): void;
}
