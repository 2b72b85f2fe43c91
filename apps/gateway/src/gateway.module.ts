import { Module, type DynamicModule } from '@nestjs/common';
import { Database } from '#libs/platform/db';
import { createTokenVerifier, DpopProofs, TokenVerifier } from '#libs/trust/token-verification';
import { systemClock } from '#libs/platform/kernel';
import { CallWriter, RejectionCounter } from '#libs/engine/ledger';
import { OpenCalls, OwnCalls, SnapshotHolder, Upstreams } from '#libs/gateway/tool-calls';
import { UnregisteredAgents } from '#libs/registry/unregistered-agents';
import { createOutbound, type Outbound } from '#libs/engine/upstream';
import { gatewayDeps } from './compose-deps.js';
import { createGatewayHandler, type GatewayHandler } from './gateway-handler.js';
import { GatewayLifecycle } from './gateway-lifecycle.js';
import { GATEWAY_OPTIONS, type GatewayOptions } from './gateway-options.js';

/** Where the gateway's {@link GatewayHandler} is injected. */
export const GATEWAY_HANDLER = Symbol('GatewayHandler');
/** Where the gateway's own way out is injected. */
export const GATEWAY_OUTBOUND = Symbol('GatewayOutbound');

/** Wires the gateway together; no request ever passes through Nest. */
@Module({})
export class GatewayModule {
  static register(options: GatewayOptions): DynamicModule {
    const { config, logger, writer, boot } = options;
    const ownIssuer = { url: config.publicUrl, audiences: [config.gateway.audience] };
    const link = { url: config.databaseUrl, writer, boot };
    return {
      module: GatewayModule,
      providers: [
        { provide: GATEWAY_OPTIONS, useValue: options },
        { provide: CallWriter, useFactory: () => new CallWriter(link) },
        { provide: RejectionCounter, useFactory: () => new RejectionCounter(link) },
        {
          provide: GATEWAY_OUTBOUND,
          useFactory: () => createOutbound({ allow: config.outboundAllow }),
        },
        { provide: Database, useFactory: () => new Database(config.databaseUrl, { poolSize: 4 }) },
        {
          provide: TokenVerifier,
          useFactory: (outbound: Outbound) => createTokenVerifier(outbound),
          inject: [GATEWAY_OUTBOUND],
        },
        {
          provide: SnapshotHolder,
          useFactory: (db: Database) =>
            new SnapshotHolder({ db, databaseUrl: config.databaseUrl, logger, ownIssuer }),
          inject: [Database],
        },
        { provide: DpopProofs, useFactory: () => new DpopProofs() },
        {
          provide: OpenCalls,
          useFactory: (snapshots: SnapshotHolder) => new OpenCalls(snapshots, systemClock),
          inject: [SnapshotHolder],
        },
        {
          provide: UnregisteredAgents,
          useFactory: (db: Database) => new UnregisteredAgents({ db, logger }),
          inject: [Database],
        },
        {
          provide: Upstreams,
          useFactory: (outbound: Outbound) =>
            new Upstreams(outbound, { name: 'gatehouse', version: options.version }),
          inject: [GATEWAY_OUTBOUND],
        },
        { provide: OwnCalls, useFactory: (db: Database) => new OwnCalls(db), inject: [Database] },
        {
          provide: GATEWAY_HANDLER,
          useFactory: (...parts: Parameters<typeof gatewayDeps>): GatewayHandler =>
            createGatewayHandler(gatewayDeps(...parts)),
          inject: [
            GATEWAY_OPTIONS,
            SnapshotHolder,
            TokenVerifier,
            DpopProofs,
            CallWriter,
            RejectionCounter,
            UnregisteredAgents,
            OpenCalls,
            Upstreams,
            OwnCalls,
          ],
        },
        {
          provide: GatewayLifecycle,
          useFactory: (...parts: ConstructorParameters<typeof GatewayLifecycle>) =>
            new GatewayLifecycle(...parts),
          inject: [
            GATEWAY_HANDLER,
            SnapshotHolder,
            CallWriter,
            RejectionCounter,
            UnregisteredAgents,
            Upstreams,
            GATEWAY_OUTBOUND,
            Database,
          ],
        },
      ],
      exports: [GATEWAY_HANDLER, SnapshotHolder],
    };
  }
}
