import type { TokenVerifier } from '#libs/identity';
import type { CallWriter, RefusalCounter } from '#libs/ledger';
import type { OwnCalls, SnapshotHolder, Upstreams } from '#libs/tool-calls';
import type { GatewayDeps } from './gateway-deps.js';
import type { GatewayOptions } from './gateway-options.js';

/** Puts together what the routes work with. */
export const gatewayDeps = (
  { config, logger, version }: GatewayOptions,
  snapshots: SnapshotHolder,
  tokens: TokenVerifier,
  calls: CallWriter,
  refusals: RefusalCounter,
  upstreams: Upstreams,
  ownCalls: OwnCalls,
): GatewayDeps => ({
  snapshots,
  tokens,
  calls,
  refusals,
  upstreams,
  ownCalls,
  logger,
  version,
  audience: config.gateway.audience,
  resourceMetadataUrl: `${config.publicUrl}/.well-known/oauth-protected-resource`,
  upstreamTimeoutMs: config.gateway.upstreamTimeoutSeconds * 1000,
  allowedHosts: config.allowedHosts,
  allowedOrigins: config.allowedOrigins,
});
