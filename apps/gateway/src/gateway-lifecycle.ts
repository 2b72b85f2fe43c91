import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Database } from '#libs/platform/db';
import type { CallWriter, RejectionCounter } from '#libs/engine/ledger';
import type { SnapshotHolder, Upstreams } from '#libs/gateway/tool-calls';
import type { UnregisteredAgents } from '#libs/registry/unregistered-agents';
import type { Outbound } from '#libs/engine/upstream';
import type { GatewayHandler } from './gateway-handler.js';

/** Starts and stops the gateway's parts in the order in which they lean on each other. */
export class GatewayLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly handler: GatewayHandler,
    private readonly snapshots: SnapshotHolder,
    private readonly calls: CallWriter,
    private readonly rejections: RejectionCounter,
    private readonly unregistered: UnregisteredAgents,
    private readonly upstreams: Upstreams,
    private readonly outbound: Outbound,
    private readonly db: Database,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.calls.start();
    await this.snapshots.start();
  }

  /** No new calls; those in flight end and their outcomes are recorded; then the connections go. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.handler.drain();
    await this.upstreams.close();
    await this.calls.stop();
    await this.rejections.stop().catch(() => undefined);
    await this.unregistered.stop();
    await this.snapshots.stop();
    await this.outbound.close();
    await this.db.$disconnect();
  }
}
