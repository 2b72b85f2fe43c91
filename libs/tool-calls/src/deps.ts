import type { TokenVerifier } from '#libs/identity';
import type { CallWriter, RefusalCounter } from '#libs/ledger';
import type { Logger } from '#libs/telemetry';
import type { SnapshotHolder } from './snapshot/snapshot-holder.js';
import type { Upstreams } from './upstreams.js';

/** What the steps work with; the composition root puts it together once. */
export interface CallDeps {
  readonly snapshots: Pick<SnapshotHolder, 'atLeast'>;
  readonly tokens: Pick<TokenVerifier, 'verify'>;
  readonly calls: Pick<CallWriter, 'appendIntent' | 'append'>;
  readonly refusals: Pick<RefusalCounter, 'count'>;
  readonly upstreams: Pick<Upstreams, 'call'>;
  readonly logger: Logger;
  /** Where RFC 9728 metadata lies; named in every 401. */
  readonly resourceMetadataUrl: string;
  readonly upstreamTimeoutMs: number;
}
