import type { DpopProofs, TokenVerifier } from '#libs/trust/token-verification';
import { systemClock } from '#libs/platform/kernel';
import type { CallWriter, RejectionCounter } from '#libs/engine/ledger';
import type { OpenCalls, OwnCalls, SnapshotHolder, Upstreams } from '#libs/gateway/tool-calls';
import type { UnregisteredAgents } from '#libs/registry/unregistered-agents';
import type { GatewayDeps } from './gateway-deps.js';
import type { GatewayOptions } from './gateway-options.js';
import { resourceMetadataUrl } from './resource-metadata.js';

/** Puts together what the routes work with. */
export const gatewayDeps = (
  { config, logger, version }: GatewayOptions,
  snapshots: SnapshotHolder,
  tokens: TokenVerifier,
  proofs: DpopProofs,
  calls: CallWriter,
  rejections: RejectionCounter,
  unregistered: UnregisteredAgents,
  openCalls: OpenCalls,
  upstreams: Upstreams,
  ownCalls: OwnCalls,
): GatewayDeps => ({
  snapshots,
  tokens,
  proofs,
  calls,
  rejections,
  unregistered,
  openCalls,
  upstreams,
  ownCalls,
  logger,
  clock: systemClock,
  version,
  publicUrl: config.publicUrl,
  resourceMetadataUrl: resourceMetadataUrl(config.publicUrl),
  upstreamTimeoutMs: config.gateway.upstreamTimeoutSeconds * 1000,
  allowedHosts: config.allowedHosts,
  allowedOrigins: config.allowedOrigins,
});
