import type { McpDeps, RestDeps, SnapshotHolder } from '#libs/gateway/tool-calls';

/** What the gateway's routes work with; the composition root puts it together once. */
export interface GatewayDeps extends McpDeps, RestDeps {
  readonly snapshots: Pick<SnapshotHolder, 'atLeast' | 'assertUsable' | 'epochNow'>;
  /** The origin under which clients know the gateway; the resources that tokens are issued for are under it. */
  readonly publicUrl: string;
  /** Host headers that are answered, lower case. */
  readonly allowedHosts: readonly string[];
  /** Origin headers that are accepted. */
  readonly allowedOrigins: readonly string[];
}
