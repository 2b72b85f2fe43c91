import { CallWriter, RejectionCounter } from '#libs/engine/ledger';
import { startPreparing } from '#libs/engine/policy';
import { VerificationKeys } from '#libs/engine/record-signatures';
import { createOutbound } from '#libs/engine/upstream';
import {
  Cancellations,
  OpenCalls,
  OwnCalls,
  SnapshotHolder,
  Upstreams,
} from '#libs/gateway/tool-calls';
import { McpSessions } from '#libs/gateway/mcp-sessions';
import { Database, Notifications } from '#libs/platform/db';
import { systemClock } from '#libs/platform/kernel';
import { UnregisteredAgents } from '#libs/registry/unregistered-agents';
import { ProofUses } from '#libs/trust/token-endpoint';
import { createTokenVerifier, DpopProofs } from '#libs/trust/token-verification';
import type { GatewayDeps } from './gateway-deps.js';
import { createGatewayHandler, type GatewayHandler } from './gateway-handler.js';
import type { GatewayOptions } from './gateway-options.js';
import { resourceMetadataUrl } from './resource-metadata.js';

/** A gateway that is ready for requests. */
export interface Gateway {
  readonly handler: GatewayHandler;
  readonly snapshots: SnapshotHolder;
  readonly db: Database;
  /** What its routes work with. */
  readonly deps: GatewayDeps;
  /** No new calls; those in flight end and their outcomes are recorded; then the connections go. */
  close(): Promise<void>;
}

/** Makes a gateway and starts it; the process that runs it listens. */
export const createGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const { config, recordKeys, logger, writer, boot, version, clock = systemClock } = options;
  const link = { url: config.databaseUrl, writer, boot, clock };
  const ownIssuer = { url: config.publicUrl, audiences: [config.gateway.audience] };
  const db = new Database(config.databaseUrl, { poolSize: 4 });
  const notifications = new Notifications(config.databaseUrl, () =>
    logger.debug('cannot listen for what the database announces; the polls go on'),
  );
  const outbound = createOutbound({ allow: config.outboundAllow });
  const calls = new CallWriter(link);
  const rejections = new RejectionCounter(link);
  const proofUses = new ProofUses(config.databaseUrl);
  const unregistered = new UnregisteredAgents({ db, logger });
  const upstreams = new Upstreams(outbound, { name: 'gatehouse', version });
  const snapshots = new SnapshotHolder({
    db,
    notifications,
    logger,
    clock,
    ownIssuer,
    keys: new VerificationKeys(recordKeys),
  });
  const sessions = new McpSessions({
    db,
    notifications,
    clock,
    logger,
    idleSeconds: config.gateway.sessionIdleSeconds,
  });
  sessions.follow((digest) => upstreams.dropSession(digest));
  const openCalls = new OpenCalls(snapshots, clock);
  const deps = {
    ...ofConfig(config),
    logger,
    version,
    clock,
    snapshots,
    tokens: createTokenVerifier(outbound, clock),
    proofs: new DpopProofs(clock),
    proofUses,
    calls,
    rejections,
    unregistered,
    openCalls,
    cancellations: new Cancellations(db, notifications, openCalls),
    upstreams,
    sessions,
    ownCalls: new OwnCalls(db),
  };
  const handler = createGatewayHandler(deps);
  const stop = async (): Promise<void> => {
    await handler.drain();
    await upstreams.close();
    await calls.stop();
    await rejections.stop().catch(() => undefined);
    await unregistered.stop();
    await proofUses.stop();
    await sessions.stop();
    await notifications.stop();
    await snapshots.stop();
    await outbound.close();
    await db.$disconnect();
  };
  let stopped: Promise<void> | undefined;
  const close = () => (stopped ??= stop());
  try {
    await Promise.all([calls.start(), startPreparing()]);
    await snapshots.start();
    // Announced in between: heard as what was announced while nobody listened.
    notifications.start();
    sessions.start();
  } catch (error) {
    await close();
    throw error;
  }
  return { handler, snapshots, db, deps, close };
};

const ofConfig = ({
  publicUrl,
  gateway,
  allowedHosts,
  allowedOrigins,
}: GatewayOptions['config']) => ({
  publicUrl,
  resourceMetadataUrl: resourceMetadataUrl(publicUrl),
  upstreamTimeoutMs: gateway.upstreamTimeoutSeconds * 1000,
  upstreamMaxMs: gateway.upstreamMaxSeconds * 1000,
  allowedHosts,
  allowedOrigins,
});
