import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { AgentLimitsModule } from '#libs/registry/agents';
import { CatalogModule } from '#libs/registry/catalog';
import { CommandRuntime } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { createTokenVerifier, TokenVerifier } from '#libs/trust/token-verification';
import { AccessGrantMaintenanceModule } from '#libs/governance/policies';
import { EmergencyMaintenanceModule } from '#libs/directory/roles';
import { DecisionChecksModule } from '#libs/oversight/decision-checks';
import { RecordChecksModule } from '#libs/oversight/record-checks';
import { CONFIG } from '#libs/platform/config';
import { SecretBox } from '#libs/platform/secrets';
import { SignalPollingModule } from '#libs/directory/signals';
import { TokenMaintenanceModule } from '#libs/trust/token-endpoint';
import { OUTBOUND } from '#libs/engine/upstream';
import type { WorkerDeps } from './worker-deps.js';

/** What features get injected, as instances that the process made. */
@Global()
@Module({})
class InstallationModule {
  static with({ config, db, runtime, outbound, secrets }: WorkerDeps): DynamicModule {
    const providers: Provider[] = [
      { provide: CONFIG, useValue: config },
      { provide: Database, useValue: db },
      { provide: CommandRuntime, useValue: runtime },
      { provide: OUTBOUND, useValue: outbound },
      { provide: SecretBox, useValue: secrets },
      { provide: TokenVerifier, useValue: createTokenVerifier(outbound, runtime.clock) },
    ];
    return {
      module: InstallationModule,
      providers,
      exports: [CONFIG, Database, CommandRuntime, OUTBOUND, SecretBox, TokenVerifier],
    };
  }
}

/** The features whose jobs the worker does; it serves none of their routes. */
@Module({})
export class WorkerModule {
  static with(deps: WorkerDeps): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        InstallationModule.with(deps),
        CatalogModule,
        TokenMaintenanceModule,
        AgentLimitsModule,
        EmergencyMaintenanceModule,
        AccessGrantMaintenanceModule,
        SignalPollingModule,
        DecisionChecksModule,
        RecordChecksModule,
      ],
    };
  }
}
