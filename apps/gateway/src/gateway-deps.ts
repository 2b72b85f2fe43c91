import type { McpDeps, RestDeps, SnapshotHolder } from '#libs/tool-calls';

/** What the gateway's routes work with; the composition root puts it together once. */
export interface GatewayDeps extends McpDeps, RestDeps {
  readonly snapshots: Pick<SnapshotHolder, 'atLeast' | 'isUsable'>;
  /** The resource that access tokens are issued for (RFC 8707). */
  readonly audience: string;
  /** Host headers that are answered, lower case. */
  readonly allowedHosts: readonly string[];
  /** Origin headers that are accepted. */
  readonly allowedOrigins: readonly string[];
}
